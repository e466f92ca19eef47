/**
 * Reads of the past: which position a time means, and what the tables of a report held at a position. Begin with {@link
 * dev.recount.query.timetravel.AsOfResolver}; reports are replayed by {@link dev.recount.query.timetravel.Replays}.
 */
@NullMarked
package dev.recount.query.timetravel;

import org.jspecify.annotations.NullMarked;
