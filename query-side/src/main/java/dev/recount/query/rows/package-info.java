/**
 * Records to tables: a record is a row, its components are the columns. Begin with {@link
 * dev.recount.query.rows.RowTable} for rows and with {@link dev.recount.query.rows.CounterTable} for counters. Nothing
 * here knows about events.
 */
@NullMarked
package dev.recount.query.rows;

import org.jspecify.annotations.NullMarked;
