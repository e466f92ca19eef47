package dev.recount.eventstore.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of the log as PostgreSQL's binary COPY sends it, with unparsed JSON.
 *
 * <p>The format is that of the PostgreSQL manual, COPY, "Binary Format", and of each type's send function.
 */
record CopiedRow(
        long position,
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        Json payload,
        Json metadata,
        Instant recordedAt) {

    /** The columns that {@link #read} expects. */
    static final String COLUMNS =
            "position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at";

    /** Bytes of the signature and the flags. */
    private static final int BEFORE_EXTENSION = 11 + Integer.BYTES;

    private static final int MICROS_PER_SECOND = 1_000_000;

    private static final int NANOS_PER_MICRO = 1_000;

    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    /** JSON in UTF-8, as a slice of the received data. */
    record Json(ByteBuffer bytes) {

        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        int length() {
            return bytes.remaining();
        }

        byte[] array() {
            return bytes.array();
        }

        int offset() {
            return bytes.arrayOffset();
        }
    }

    static void skipHeader(ByteBuffer sent) {
        sent.position(BEFORE_EXTENSION);
        int extension = sent.getInt();
        sent.position(sent.position() + extension);
    }

    /** Whether another row follows instead of the end. */
    static boolean follows(ByteBuffer sent) {
        return sent.hasRemaining() && sent.getShort() > 0;
    }

    static CopiedRow read(ByteBuffer sent) {
        return new CopiedRow(
                bigint(sent),
                text(sent),
                bigint(sent),
                uuid(sent),
                text(sent),
                integer(sent),
                json(sent),
                json(sent),
                timestamp(sent));
    }

    private static int integer(ByteBuffer sent) {
        sent.getInt();
        return sent.getInt();
    }

    private static long bigint(ByteBuffer sent) {
        sent.getInt();
        return sent.getLong();
    }

    private static UUID uuid(ByteBuffer sent) {
        sent.getInt();
        return new UUID(sent.getLong(), sent.getLong());
    }

    private static Instant timestamp(ByteBuffer sent) {
        long micros = bigint(sent);
        return Instant.ofEpochSecond(
                EPOCH + Math.floorDiv(micros, MICROS_PER_SECOND),
                (long) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    private static String text(ByteBuffer sent) {
        byte[] text = new byte[sent.getInt()];
        sent.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Reads JSON: one byte for the version of the format, then the text. */
    private static Json json(ByteBuffer sent) {
        int length = sent.getInt();
        Json json = new Json(sent.slice(sent.position() + 1, length - 1));
        sent.position(sent.position() + length);
        return json;
    }
}
