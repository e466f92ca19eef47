package dev.recount.eventstore.serialization;

import dev.recount.eventstore.tree.CanonicalJson;
import dev.recount.eventstore.tree.LeafEntry;
import dev.recount.eventstore.tree.SealedRow;
import dev.recount.eventstore.tree.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * An event in the form of its row, without a position. {@code payload} and {@code metadata} are JSON, which is
 * canonical if it comes from the serializer, but not if it comes from a row.
 */
public record StoredEvent(
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        String payload,
        String metadata,
        Instant recordedAt) {

    public static StoredEvent of(DomainEventMessage<?> event, Serializer serializer) {
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

    /** The same event with canonical JSON, the form that is hashed. */
    public StoredEvent canonical() {
        return new StoredEvent(
                stream,
                sequence,
                eventId,
                type,
                revision,
                CanonicalJson.of(payload),
                CanonicalJson.of(metadata),
                recordedAt);
    }

    /** The event's entry in the tree. The JSON must be canonical. */
    public byte[] leafEntry(TreeHasher hasher) {
        return LeafEntry.of(
                stream,
                sequence,
                eventId,
                type,
                revision,
                hasher.plain(payload.getBytes(StandardCharsets.UTF_8)),
                hasher.plain(metadata.getBytes(StandardCharsets.UTF_8)),
                recordedAt);
    }

    public SealedRow sealed(long position, byte[] leafHash, byte @Nullable [] subtreeHashes) {
        return new SealedRow(
                position,
                stream,
                sequence,
                eventId,
                type,
                revision,
                payload.getBytes(StandardCharsets.UTF_8),
                metadata.getBytes(StandardCharsets.UTF_8),
                ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt),
                leafHash,
                subtreeHashes);
    }

    /** The leaf hashes of events. Their JSON must be canonical. */
    public static List<byte[]> leaves(List<StoredEvent> events) {
        TreeHasher hasher = new TreeHasher();
        return events.stream()
                .map(event -> hasher.leaf(event.leafEntry(hasher)))
                .toList();
    }
}
