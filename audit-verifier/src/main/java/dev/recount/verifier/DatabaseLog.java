package dev.recount.verifier;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The log of a running or stopped Recount, as its database holds it at one moment; nothing is locked or changed. */
public final class DatabaseLog implements LogSource {

    private static final int PORTION = 1 << 19;

    private static final String COPY =
            "COPY (SELECT " + CopiedRows.COLUMNS + " FROM event_log ORDER BY position) TO STDOUT (FORMAT binary)";

    private final String name;
    private final CopyOut copy;
    private final String origin;
    private final List<Finding> findings = new ArrayList<>();
    private boolean begun;

    private DatabaseLog(String name, String origin, Connection connection) throws SQLException {
        this.name = name;
        this.origin = origin;
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY);
    }

    /**
     * Begins to read on a connection that is used for nothing else until this is closed.
     *
     * @param connection in a transaction that sees one moment throughout (repeatable read)
     * @param name of the database, for people
     * @param keys that are known from elsewhere; where there are none, those that the database itself names
     */
    public static DatabaseLog open(Connection connection, String name, Collection<VerifierKey> keys)
            throws SQLException {
        return new DatabaseLog(name, "", connection);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public @Nullable Witness head() {
        return null;
    }

    @Override
    public List<Witness> witnesses() {
        return List.of();
    }

    @Override
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    @Override
    public @Nullable Portion next() throws SQLException {
        List<ByteBuffer> messages = new ArrayList<>();
        var bytes = 0;
        while (bytes < PORTION) {
            var sent = copy.isActive() ? copy.readFromCopy() : null;
            if (sent == null) {
                break;
            }
            var message = ByteBuffer.wrap(sent);
            if (!begun) {
                CopiedRows.skipHeader(message);
                begun = true;
            }
            messages.add(message);
            bytes += sent.length;
        }
        return messages.isEmpty() ? null : () -> rows(messages);
    }

    private static List<Leaf> rows(List<ByteBuffer> messages) {
        List<Leaf> leaves = new ArrayList<>();
        var rows = new CopiedRows();
        for (var message : messages) {
            while (CopiedRows.follows(message)) {
                leaves.add(rows.read(message));
            }
        }
        return leaves;
    }

    /** Read to its end, not cancelled: the driver would take what is still under way for the next answer. */
    @Override
    public void close() throws SQLException {
        while (copy.isActive()) {
            copy.readFromCopy();
        }
    }
}
