/**
 * Reads of the past: the position that a time means, and the tables of a report at a position. Begin with {@link
 * dev.recount.query.timetravel.AsOfResolver}; reports are replayed by {@link dev.recount.query.timetravel.Replays}.
 */
@NullMarked
package dev.recount.query.timetravel;

import org.jspecify.annotations.NullMarked;
