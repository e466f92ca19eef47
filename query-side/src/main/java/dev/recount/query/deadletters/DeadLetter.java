package dev.recount.query.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a projection could not apply, or one that waits behind such an event of its stream.
 *
 * @param type the event's stored name
 * @param cause why it was refused, null for one that only waits
 * @param attempts how often it was tried, 0 for one that only waits
 * @param waiting how many events of the same stream wait behind it
 */
public record DeadLetter(
        String projection,
        long position,
        String stream,
        long sequence,
        String type,
        @Nullable String cause,
        int attempts,
        Instant parkedAt,
        @Nullable Instant triedAt,
        long waiting) {}
