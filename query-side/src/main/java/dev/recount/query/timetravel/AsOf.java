package dev.recount.query.timetravel;

import java.time.Instant;

/**
 * A moment of the past: the events up to a position, and the time at that position.
 *
 * @param at no event up to the position was recorded later than this
 * @param settled whether the moment will always mean this position; for a time this holds once a later event is
 *     recorded
 */
public record AsOf(long position, Instant at, boolean settled) {}
