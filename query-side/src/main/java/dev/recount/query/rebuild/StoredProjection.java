package dev.recount.query.rebuild;

import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The row of a projection; at generation 0 its tables were never filled. */
record StoredProjection(int version, int generation, long position, boolean ahead) {

    /** Whether it has applied events that the log does not have. */
    private static final String AHEAD = """
        ahead_of IS NOT NULL
            OR position > (SELECT coalesce(max(position), 0) FROM event_log)
            OR last_event <> (SELECT event_id FROM event_log WHERE event_log.position = projection.position)
        """;

    private static final String REGISTER = """
        INSERT INTO projection (name, version, generation, position, updated_at)
        VALUES (?, ?, 0, 0, now())
        ON CONFLICT (name) DO NOTHING
        """;
    private static final String SELECT = """
        SELECT version, generation, position, %s
        FROM projection
        WHERE name = ?
        """.formatted(AHEAD);
    private static final String SELECT_ALL = """
        SELECT name, version, generation, position, ahead_of IS NOT NULL
        FROM projection
        """;
    /** The next epoch is random, as after a retry of a dead letter, so that no epoch repeats after a crash. */
    private static final String SWAPPED = """
        UPDATE projection
        SET
            version = ?,
            generation = generation + 1,
            edition = edition + (1 + random() * 1000000000)::bigint,
            position = ?,
            last_event = (SELECT event_id FROM event_log WHERE event_log.position = ?),
            ahead_of = NULL,
            updated_at = now()
        WHERE name = ?
        """;

    /** Deletes letters whose events are in the generation that is swapped in. */
    private static final String FORGET_LETTERS = """
        DELETE FROM dead_letter
        WHERE projection = ? AND position <= ?
        """;

    /** Inserts the row if it does not exist. */
    static void register(Connection connection, Projection projection) throws SQLException {
        try (var insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, projection.name());
            insert.setInt(2, projection.version());
            insert.executeUpdate();
        }
    }

    static StoredProjection read(Connection connection, String name) throws SQLException {
        return read(connection, name, SELECT);
    }

    /** Reads the row and locks the projection until the transaction ends. */
    static StoredProjection lock(Connection connection, String name) throws SQLException {
        return read(connection, name, SELECT + "FOR UPDATE");
    }

    private static StoredProjection read(Connection connection, String name, String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(name + " is not registered");
                }
                return new StoredProjection(row.getInt(1), row.getInt(2), row.getLong(3), row.getBoolean(4));
            }
        }
    }

    /** The position up to which the rows reflect this log; 0 if they reflect another log or were never filled. */
    long covered() {
        return ahead ? 0 : position;
    }

    /** The rows of all projections by name, without a check against the log. */
    static Map<String, StoredProjection> all(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(SELECT_ALL)) {
            var checkpoints = new LinkedHashMap<String, StoredProjection>();
            while (row.next()) {
                checkpoints.put(
                        row.getString(1),
                        new StoredProjection(row.getInt(2), row.getInt(3), row.getLong(4), row.getBoolean(5)));
            }
            return checkpoints;
        }
    }

    static void swapped(Connection connection, Projection projection, long position) throws SQLException {
        try (var update = connection.prepareStatement(SWAPPED)) {
            update.setInt(1, projection.version());
            update.setLong(2, position);
            update.setLong(3, position);
            update.setString(4, projection.name());
            update.executeUpdate();
        }
        try (var delete = connection.prepareStatement(FORGET_LETTERS)) {
            delete.setString(1, projection.name());
            delete.setLong(2, position);
            delete.executeUpdate();
        }
    }
}
