package dev.recount.eventstore.tree;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends many rows to the log by PostgreSQL's binary COPY (PostgreSQL manual, COPY, "Binary Format"). */
public final class SealedRows implements AutoCloseable {

    private static final String COPY = """
        COPY event_log
            (position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at, leaf_hash,
             subtree_hashes)
        FROM STDIN (FORMAT binary)
        """;

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int COLUMNS = 11;
    private static final int NULL = -1;
    private static final int END = -1;
    private static final int ENOUGH = 1 << 16;
    private static final int JSONB_VERSION = 1;

    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final CopyIn copy;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(ENOUGH);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Begins the COPY. The connection must not be used for anything else until the end. */
    public SealedRows(Connection connection) throws SQLException {
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        bytes.writeBytes(SIGNATURE);
        bytes.writeBytes(new byte[2 * Integer.BYTES]);
    }

    public void add(SealedRow row) throws SQLException {
        try {
            write(row);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (bytes.size() > ENOUGH) {
            send();
        }
    }

    private void write(SealedRow row) throws IOException {
        out.writeShort(COLUMNS);
        bigint(row.position());
        field(row.stream().getBytes(StandardCharsets.UTF_8));
        bigint(row.sequence());
        out.writeInt(2 * Long.BYTES);
        out.writeLong(row.eventId().getMostSignificantBits());
        out.writeLong(row.eventId().getLeastSignificantBits());
        field(row.type().getBytes(StandardCharsets.UTF_8));
        out.writeInt(Integer.BYTES);
        out.writeInt(row.revision());
        json(row.payload());
        json(row.metadata());
        bigint(row.recordedAtMicros() - EPOCH_MICROS);
        field(row.leafHash());
        byte[] completed = row.subtreeHashes();
        if (completed == null) {
            out.writeInt(NULL);
        } else {
            field(completed);
        }
    }

    private void bigint(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private void json(byte[] json) throws IOException {
        out.writeInt(1 + json.length);
        out.writeByte(JSONB_VERSION);
        out.write(json);
    }

    private void field(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private void send() throws SQLException {
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
    }

    /** Writes the rows. Without this call, none is written. */
    public void end() throws SQLException {
        try {
            out.writeShort(END);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        send();
        copy.endCopy();
    }

    /** Cancels the COPY unless it was ended. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
