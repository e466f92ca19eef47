/** Load and replay benchmarks. Figures are ratios to a floor measured in the same run. */
@NullMarked
package dev.recount.benchmarks;

import org.jspecify.annotations.NullMarked;
