package dev.recount.query.rebuild;

import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the row of a projection says; at generation 0 its tables were never filled. */
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
    /** The next edition is left to chance, as after a dead letter: a crash must not lead to the same one again. */
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

    /** They are in the generation that is swapped in. */
    private static final String FORGET_LETTERS = """
        DELETE FROM dead_letter
        WHERE projection = ? AND position <= ?
        """;

    /** Makes sure that there is a row. */
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

    /** The same, and the projection stands still until the transaction ends. */
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

    /** Up to where its rows show the log; nothing where they show another one, or were never filled. */
    long covered() {
        return ahead ? 0 : position;
    }

    /** By name, as far as their rows know; the log is not looked at. */
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
