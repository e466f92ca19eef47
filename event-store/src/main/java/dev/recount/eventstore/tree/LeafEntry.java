package dev.recount.eventstore.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Encodes an event's entry in the tree, in the byte format of docs/audit.md.
 *
 * <p>An entry holds the hashes of payload and metadata. So it always fits C2SP's bundles of entries, and a proof can be
 * shown without the text. It does not hold the position, which is the leaf's index and proved by the tree.
 */
public final class LeafEntry {

    private static final byte FORMAT = 0x01;
    private static final int FIXED_BYTES = 1 + 8 + 8 + 16 + 4 + 2 * TreeHasher.HASH_BYTES + 2 + 2;
    /** A bundle stores an entry's length in two bytes. */
    private static final int MAX_BYTES = 0xFFFF;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private LeafEntry() {}

    /**
     * The entry of an event.
     *
     * @param payload the hash of the payload's canonical JSON
     * @param metadata the hash of the metadata's canonical JSON
     * @param recordedAt truncated to whole microseconds
     */
    public static byte[] of(
            String stream,
            long sequence,
            UUID eventId,
            String type,
            int revision,
            byte[] payload,
            byte[] metadata,
            Instant recordedAt) {
        byte[] streamBytes = stream.getBytes(StandardCharsets.UTF_8);
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        int length = FIXED_BYTES + streamBytes.length + typeBytes.length;
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("The names of stream and type are longer than an entry can be");
        }
        return ByteBuffer.allocate(length)
                .put(FORMAT)
                .putLong(sequence)
                .putLong(micros(recordedAt))
                .putLong(eventId.getMostSignificantBits())
                .putLong(eventId.getLeastSignificantBits())
                .putInt(revision)
                .put(payload)
                .put(metadata)
                .putShort((short) streamBytes.length)
                .put(streamBytes)
                .putShort((short) typeBytes.length)
                .put(typeBytes)
                .array();
    }

    private static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / NANOS_PER_MICRO);
    }
}
