package dev.recount.eventstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** An event as its row holds it, before it has a position. {@code payload} and {@code metadata} are JSON. */
record StoredEvent(
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        String payload,
        String metadata,
        Instant recordedAt) {

    static StoredEvent of(DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        return new StoredEvent(
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                UUID.fromString(event.getIdentifier()),
                payload.getType().getName(),
                Integer.parseInt(payload.getType().getRevision()),
                payload.getData(),
                event.serializeMetaData(serializer, String.class).getData(),
                event.getTimestamp().truncatedTo(ChronoUnit.MICROS));
    }
}
