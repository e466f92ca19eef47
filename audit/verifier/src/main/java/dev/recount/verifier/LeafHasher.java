package dev.recount.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Computes the tree's leaf of an event. docs/audit.md specifies the entry byte by byte.
 *
 * <p>Not thread-safe.
 */
final class LeafHasher {

    private static final byte LEAF = 0;
    private static final byte FORMAT = 1;
    private static final int MAX_TEXT = 0xffff;
    private static final int FIXED =
            1 + 2 * Long.BYTES + 2 * Long.BYTES + Integer.BYTES + 2 * Hash.LENGTH + 2 * Short.BYTES;

    private final MessageDigest digest = Sha256.digest();

    byte[] hash(LogEvent event) {
        var entry = entry(event);
        digest.update(LEAF);
        return digest.digest(entry);
    }

    byte[] entry(LogEvent event) {
        var stream = text("stream", event.stream());
        var type = text("type", event.type());
        return ByteBuffer.allocate(FIXED + stream.length + type.length)
                .put(FORMAT)
                .putLong(event.sequence())
                .putLong(event.recordedAtMicros())
                .putLong(event.eventId().getMostSignificantBits())
                .putLong(event.eventId().getLeastSignificantBits())
                .putInt(event.revision())
                .put(digest.digest(event.payload()))
                .put(digest.digest(event.metadata()))
                .putShort((short) stream.length)
                .put(stream)
                .putShort((short) type.length)
                .put(type)
                .array();
    }

    private static byte[] text(String what, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT) {
            throw new MalformedLogException(
                    "its " + what + " has " + bytes.length + " bytes, and " + MAX_TEXT + " are the most");
        }
        return bytes;
    }
}
