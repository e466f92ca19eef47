package dev.recount.eventstore.append;

import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.tree.CompactRange;
import dev.recount.eventstore.tree.SealedRow;
import dev.recount.eventstore.tree.SealedRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The statements of {@link LogWriter}. Those that take the log's lock wait at most {@code lockMillis} for it. */
final class LogStatements {

    private static final String APPEND =
            "SELECT append_events(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) FROM set_config('lock_timeout', ?, true)";

    private static final String READ_TREE = "SELECT size, frontier FROM log_tree";

    private static final String LOCK_TREE =
            "SELECT set_config('lock_timeout', ?, true); SELECT size, frontier FROM lock_log_tree()";

    private static final String NOTIFY = "SELECT pg_notify('recount_event_log', ?)";

    private static final String FIND_TAKEN = """
        SELECT log.stream, log.sequence, log.event_id, log.position
        FROM unnest(?, ?) AS wanted (stream, sequence)
        JOIN event_log AS log ON log.stream = wanted.stream AND log.sequence = wanted.sequence
        """;

    private LogStatements() {}

    record Place(String stream, long sequence) {

        static Place of(StoredEvent event) {
            return new Place(event.stream(), event.sequence());
        }
    }

    record Holder(String eventId, long position) {}

    static CompactRange readTree(Connection connection) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ_TREE);
                ResultSet row = read.executeQuery()) {
            return tree(row);
        }
    }

    /** Takes the log's lock: no other transaction appends until this one ends. */
    static CompactRange lockTree(Connection connection, long lockMillis) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_TREE)) {
            lock.setString(1, Long.toString(lockMillis));
            lock.execute();
            lock.getMoreResults();
            try (ResultSet row = lock.getResultSet()) {
                return tree(row);
            }
        }
    }

    private static CompactRange tree(ResultSet row) throws SQLException {
        row.next();
        return new CompactRange(row.getLong(1), row.getBytes(2));
    }

    /** The events that hold places that the batch needs. */
    static Map<Place, Holder> findTaken(Connection connection, List<Append> batch) throws SQLException {
        Map<Place, Holder> taken = new HashMap<>();
        try (PreparedStatement find = connection.prepareStatement(FIND_TAKEN)) {
            find.setArray(1, array(connection, "text", batch, StoredEvent::stream));
            find.setArray(2, array(connection, "bigint", batch, StoredEvent::sequence));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    taken.put(
                            new Place(rows.getString(1), rows.getLong(2)),
                            new Holder(rows.getString(3), rows.getLong(4)));
                }
            }
        }
        return taken;
    }

    /** Appends the batch and returns the tree after it. */
    static CompactRange append(Connection connection, SealedBatch sealed, long lockMillis) throws SQLException {
        List<Append> batch = sealed.appends();
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setLong(1, sealed.before().size());
            append.setBytes(2, sealed.before().smallest());
            append.setArray(3, array(connection, "text", batch, StoredEvent::stream));
            append.setArray(4, array(connection, "bigint", batch, StoredEvent::sequence));
            append.setArray(5, array(connection, "uuid", batch, StoredEvent::eventId));
            append.setArray(6, array(connection, "text", batch, StoredEvent::type));
            append.setArray(7, array(connection, "integer", batch, StoredEvent::revision));
            append.setArray(8, array(connection, "text", batch, StoredEvent::payload));
            append.setArray(9, array(connection, "text", batch, StoredEvent::metadata));
            append.setArray(
                    10,
                    array(
                            connection,
                            "timestamptz",
                            batch,
                            event -> event.recordedAt().toString()));
            append.setArray(11, connection.createArrayOf("bytea", sealed.leafHashes()));
            append.setArray(12, connection.createArrayOf("bytea", sealed.subtreeHashes()));
            append.setString(13, Long.toString(lockMillis));
            try (ResultSet row = append.executeQuery()) {
                row.next();
            }
            return sealed.after();
        }
    }

    /** Appends by COPY, in a transaction that holds the lock. */
    static CompactRange copy(Connection connection, SealedBatch sealed) throws SQLException {
        try (SealedRows rows = new SealedRows(connection)) {
            for (SealedRow row : sealed.rows()) {
                rows.add(row);
            }
            rows.end();
        }
        try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
            notify.setString(1, Long.toString(sealed.after().size()));
            notify.execute();
        }
        return sealed.after();
    }

    private static Array array(
            Connection connection, String sqlType, List<Append> batch, Function<StoredEvent, Object> column)
            throws SQLException {
        Object[] values = new Object[batch.stream().mapToInt(Append::size).sum()];
        int next = 0;
        for (Append append : batch) {
            for (StoredEvent event : append.events()) {
                values[next++] = column.apply(event);
            }
        }
        return connection.createArrayOf(sqlType, values);
    }
}
