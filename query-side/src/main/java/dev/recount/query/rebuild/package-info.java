/** Fills further generations of projections' tables from the log, beside those that are read. */
@NullMarked
package dev.recount.query.rebuild;

import org.jspecify.annotations.NullMarked;
