package dev.recount.standalone.audit;

import dev.recount.verifier.Leaf;
import dev.recount.verifier.MerkleTree;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** Sends events with their hashes to PostgreSQL's binary COPY (PostgreSQL manual, COPY, "Binary Format"). */
final class SealedRows implements AutoCloseable {

    static final String COPY = """
        COPY event_log
            (position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at, leaf_hash,
             subtree_hashes)
        FROM STDIN (FORMAT binary)
        """;

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int COLUMNS = 11;
    private static final int ENOUGH = 1 << 16;
    private static final int JSONB_VERSION = 1;

    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final CopyIn copy;
    private final MerkleTree tree = new MerkleTree();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    SealedRows(CopyIn copy) {
        this.copy = copy;
        bytes.writeBytes(SIGNATURE);
        bytes.writeBytes(new byte[2 * Integer.BYTES]);
    }

    /** Passes by what cannot follow those before: that log is not intact, and will be refused as a whole. */
    void write(Leaf leaf) throws SQLException {
        var hash = leaf.hash();
        if (leaf.event() == null || hash == null || leaf.position() != tree.size() + 1) {
            return;
        }
        try {
            row(leaf, hash);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (bytes.size() > ENOUGH) {
            send();
        }
    }

    private void row(Leaf leaf, byte[] hash) throws IOException {
        var event = leaf.event();
        if (event == null) {
            return;
        }
        out.writeShort(COLUMNS);
        bigint(event.position());
        field(event.stream().getBytes(StandardCharsets.UTF_8));
        bigint(event.sequence());
        out.writeInt(2 * Long.BYTES);
        out.writeLong(event.eventId().getMostSignificantBits());
        out.writeLong(event.eventId().getLeastSignificantBits());
        field(event.type().getBytes(StandardCharsets.UTF_8));
        out.writeInt(Integer.BYTES);
        out.writeInt(event.revision());
        json(event.payload());
        json(event.metadata());
        bigint(event.recordedAtMicros() - EPOCH_MICROS);
        field(hash);
        var completed = tree.append(hash);
        if (completed.length == 0) {
            out.writeInt(-1);
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

    void end() throws SQLException {
        try {
            out.writeShort(-1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        send();
        copy.endCopy();
    }

    /** Gives up what was not ended. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
