package dev.recount.eventstore.append;

import dev.recount.eventstore.serialization.StoredEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * An event exactly as a log recorded it, in any revision.
 *
 * @param payload JSON in any format
 * @param metadata JSON in any format
 * @param recordedAt in whole microseconds
 */
public record RestoredEvent(
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        String payload,
        String metadata,
        Instant recordedAt) {

    StoredEvent stored() {
        return new StoredEvent(stream, sequence, eventId, type, revision, payload, metadata, recordedAt).canonical();
    }
}
