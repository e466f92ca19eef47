package dev.recount.query.timetravel;

import java.time.Instant;

/**
 * A moment of the past: the events up to a position, and the time it was then.
 *
 * @param at no event up to the position was recorded later
 * @param settled whether it will be the same position for ever: for a time that is when an event was recorded later
 */
public record AsOf(long position, Instant at, boolean settled) {}
