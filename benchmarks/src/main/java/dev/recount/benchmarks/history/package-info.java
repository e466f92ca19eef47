/** Generates the history of a tracker of any size and fills a log with it, for tests and benchmarks. */
@NullMarked
package dev.recount.benchmarks.history;

import org.jspecify.annotations.NullMarked;
