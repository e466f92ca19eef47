/** Load and replay benchmarks: figures as ratios to a floor that was measured in the same run. */
@NullMarked
package dev.recount.benchmarks;

import org.jspecify.annotations.NullMarked;
