package dev.recount.query.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that is permanently discarded for a projection.
 *
 * @param type the event's stored name
 * @param cause why the projection refused it
 * @param reason why the read model can do without it
 * @param actor id of the user who discarded it, null if none was named
 */
public record DiscardedEvent(
        String projection,
        long position,
        String stream,
        long sequence,
        String type,
        String cause,
        String reason,
        @Nullable Long actor,
        Instant discardedAt) {}
