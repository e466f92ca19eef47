/** Makes up the history of a tracker, and fills a log with it: as much of it as a test or a benchmark asks for. */
@NullMarked
package dev.recount.benchmarks.history;

import org.jspecify.annotations.NullMarked;
