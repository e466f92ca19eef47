package dev.recount.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads rows of the log as PostgreSQL's binary COPY sends them (PostgreSQL manual, COPY, "Binary Format").
 *
 * <p>Not thread-safe.
 */
final class CopiedRows {

    static final String COLUMNS =
            "position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at,"
                    + " leaf_hash || coalesce(subtree_hashes, '')";

    private static final int SIGNATURE_AND_FLAGS = 15;

    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final int JSONB_VERSION = 1;

    private final CanonicalJson canonical = new CanonicalJson();
    private final LeafHasher hasher = new LeafHasher();

    /** Skips the header before the rows, if this message begins with it. */
    static void skipHeader(ByteBuffer sent) {
        sent.position(SIGNATURE_AND_FLAGS);
        var extension = sent.getInt();
        sent.position(sent.position() + extension);
    }

    /** Whether a row follows rather than the end. */
    static boolean follows(ByteBuffer sent) {
        return sent.hasRemaining() && sent.getShort() > 0;
    }

    Leaf read(ByteBuffer sent) {
        var position = field(sent, Long.BYTES).getLong();
        var stream = text(sent);
        var sequence = field(sent, Long.BYTES).getLong();
        var id = field(sent, 2 * Long.BYTES);
        var eventId = new UUID(id.getLong(), id.getLong());
        var type = text(sent);
        var revision = field(sent, Integer.BYTES).getInt();
        var payload = json(sent);
        var metadata = json(sent);
        var recordedAt = field(sent, Long.BYTES).getLong();
        var hashes = bytes(field(sent));
        try {
            var event = new LogEvent(
                    position,
                    stream,
                    sequence,
                    eventId,
                    type,
                    revision,
                    canonical.of(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining()),
                    canonical.of(metadata.array(), metadata.arrayOffset() + metadata.position(), metadata.remaining()),
                    Math.addExact(recordedAt, EPOCH_MICROS));
            return new Leaf(position, event, hasher.hash(event), hashes, null);
        } catch (MalformedLogException | ArithmeticException malformed) {
            return Leaf.unreadable(position, String.valueOf(malformed.getMessage()));
        }
    }

    private static ByteBuffer field(ByteBuffer sent) {
        var length = sent.getInt();
        if (length < 0) {
            throw new MalformedLogException("a column that must not be empty is empty");
        }
        var field = sent.slice(sent.position(), length);
        sent.position(sent.position() + length);
        return field;
    }

    private static ByteBuffer field(ByteBuffer sent, int length) {
        var field = field(sent);
        if (field.remaining() != length) {
            throw new MalformedLogException("a column of the log is of another type than it should be");
        }
        return field;
    }

    private static byte[] bytes(ByteBuffer field) {
        var bytes = new byte[field.remaining()];
        field.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer sent) {
        return new String(bytes(field(sent)), StandardCharsets.UTF_8);
    }

    private static ByteBuffer json(ByteBuffer sent) {
        var field = field(sent);
        if (field.get() != JSONB_VERSION) {
            throw new MalformedLogException("jsonb is sent in a form that is not known");
        }
        return field;
    }
}
