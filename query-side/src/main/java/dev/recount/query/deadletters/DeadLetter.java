package dev.recount.query.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a projection could not apply, or a later event of the same stream that waits behind it.
 *
 * @param type the event's stored name
 * @param cause why it was refused, null if it only waits
 * @param attempts number of attempts, 0 if it only waits
 * @param waiting number of events of the same stream that wait behind it
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
