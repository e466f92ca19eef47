/** Reads of the past: moments of the log, how they are asked for, and what stood in the tables of reports then. */
@NullMarked
package dev.recount.query.asof;

import org.jspecify.annotations.NullMarked;
