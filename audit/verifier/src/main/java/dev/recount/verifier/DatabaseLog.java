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

/** The log in the database of a running or stopped Recount, at one moment. Nothing is locked or changed. */
public final class DatabaseLog implements LogSource {

    private static final int PORTION = 1 << 19;

    private static final String COPY =
            "COPY (SELECT " + CopiedRows.COLUMNS + " FROM event_log ORDER BY position) TO STDOUT (FORMAT binary)";

    private static final String INSTALLATION = "SELECT id FROM installation";

    private static final String KEYS = "SELECT vkey FROM checkpoint_key ORDER BY first_used_at, vkey";

    private static final String CHECKPOINTS = "SELECT size, note FROM checkpoint ORDER BY size, number";

    /** PostgreSQL records the transaction that wrote each row, and appends are sequential. */
    private static final String REWRITTEN = """
        SELECT min(position)
        FROM (
            SELECT position, age(xmin) AS age, max(age(xmin)) OVER later AS oldest_later
            FROM event_log
            WHERE position >= ?
            WINDOW later AS (ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
        ) AS event
        WHERE age < oldest_later AND position <= ?
        """;

    private final Connection connection;
    private final String name;
    private final String origin;
    private final List<VerifierKey> keys;
    private final CopyOut copy;
    private final List<Witness> witnesses = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean begun;

    private DatabaseLog(Connection connection, String name, @Nullable String origin, Collection<VerifierKey> keys)
            throws SQLException {
        this.connection = connection;
        this.name = name;
        this.origin = origin == null ? "recount/" + texts(INSTALLATION).getFirst() : origin;
        this.keys =
                keys.isEmpty() ? texts(KEYS).stream().map(VerifierKey::parse).toList() : List.copyOf(keys);
        weighCheckpoints();
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY);
    }

    /**
     * Starts reading on a connection that must not be used for anything else until this is closed.
     *
     * @param connection in a transaction that sees one moment throughout (repeatable read)
     * @param name of the database, for people
     * @param origin of the log, if it has a configured name
     * @param keys known from elsewhere; if empty, the keys stored in the database
     */
    public static DatabaseLog open(
            Connection connection, String name, @Nullable String origin, Collection<VerifierKey> keys)
            throws SQLException {
        return new DatabaseLog(connection, name, origin, keys);
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void weighCheckpoints() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(CHECKPOINTS)) {
            while (rows.next()) {
                try {
                    witnesses.add(Witness.of("the database", Checkpoint.parse(rows.getString(2), keys)));
                } catch (MalformedLogException refused) {
                    findings.add(new Finding(
                            Fault.CHECKPOINT,
                            null,
                            "The database's checkpoint of size " + rows.getLong(1) + " does not hold: "
                                    + refused.getMessage() + "."));
                }
            }
        }
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
    public List<VerifierKey> keys() {
        return keys;
    }

    @Override
    public List<Witness> witnesses() {
        return List.copyOf(witnesses);
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

    @Override
    public @Nullable Long rewritten(Stretch among) throws SQLException {
        try (var select = connection.prepareStatement(REWRITTEN)) {
            select.setLong(1, among.from());
            select.setLong(2, among.to());
            try (var row = select.executeQuery()) {
                row.next();
                var position = row.getLong(1);
                return row.wasNull() ? null : position;
            }
        }
    }

    /** Reads to the end instead of cancelling, because the driver would take pending data for the next response. */
    @Override
    public void close() throws SQLException {
        while (copy.isActive()) {
            copy.readFromCopy();
        }
    }
}
