package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The row of each projection: where it stands in the log, written in the same commit as what it derived from it.
 *
 * <p>This position, not Axon's token, decides what has been applied. The token says who works and where to read on; it
 * can be stolen from a node that slept, or be ahead of rows that a crash of PostgreSQL took back.
 */
final class ProjectionRows {

    private static final String REGISTER = """
        INSERT INTO projection (name, version, generation, position, updated_at)
        VALUES (?, ?, 1, 0, now())
        ON CONFLICT (name) DO NOTHING
        """;
    private static final String VERSION = """
        SELECT version
        FROM projection
        WHERE name = ?
        """;
    /** Durability can wait here: after a crash rows, position and token come back together, and the log has the rest. */
    private static final String GO_ON = """
        SET LOCAL synchronous_commit = off;
        UPDATE projection
        SET position = ?, updated_at = now()
        WHERE name = ? AND position = ?
        """;

    private static final String LOCK = """
        SELECT position
        FROM projection
        WHERE name = ?
        FOR UPDATE
        """;
    /** First the token, then the position, then the tables: the order in which a batch locks them, too. */
    private static final String FORGET_TOKEN = """
        UPDATE projection_token
        SET token = NULL, token_type = NULL, owner = NULL
        WHERE processor_name = ?
        """;

    private static final String START_OVER = """
        UPDATE projection
        SET version = ?, position = 0, updated_at = now()
        WHERE name = ?
        """;

    private ProjectionRows() {}

    static void register(Connection connection, Projection projection) throws SQLException {
        try (var insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, projection.name());
            insert.setInt(2, projection.version());
            insert.executeUpdate();
        }
    }

    static int storedVersion(Connection connection, String name) throws SQLException {
        try (var select = connection.prepareStatement(VERSION)) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Moves the position to the end of the batch and gives the part of the batch that has not been applied before. */
    static List<LoggedEvent> claim(Connection connection, String name, List<LoggedEvent> batch) throws SQLException {
        var before = batch.getFirst().position() - 1;
        var last = batch.getLast().position();
        if (goOn(connection, name, before, last)) {
            return batch;
        }
        var position = lock(connection, name);
        var rest = batch.stream().filter(event -> event.position() > position).toList();
        if (!rest.isEmpty()
                && (rest.getFirst().position() != position + 1 || !goOn(connection, name, position, last))) {
            throw new IllegalStateException("%s stands at %d and cannot go on with %d"
                    .formatted(name, position, rest.getFirst().position()));
        }
        return rest;
    }

    private static boolean goOn(Connection connection, String name, long from, long to) throws SQLException {
        try (var update = connection.prepareStatement(GO_ON)) {
            update.setLong(1, to);
            update.setString(2, name);
            update.setLong(3, from);
            update.execute();
            update.getMoreResults();
            return update.getUpdateCount() == 1;
        }
    }

    private static long lock(Connection connection, String name) throws SQLException {
        try (var select = connection.prepareStatement(LOCK)) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException(name + " is not registered");
                }
                return row.getLong(1);
            }
        }
    }

    /**
     * Empties the projection's tables and sends it back to the beginning of the log.
     *
     * <p>A node that is in the middle of it finds that it cannot go on, and reads its token anew.
     */
    static void startOver(Connection connection, Projection projection) throws SQLException {
        try (var token = connection.prepareStatement(FORGET_TOKEN);
                var position = connection.prepareStatement(START_OVER);
                var truncate = connection.createStatement()) {
            token.setString(1, projection.name());
            token.executeUpdate();
            position.setInt(1, projection.version());
            position.setString(2, projection.name());
            position.executeUpdate();
            truncate.execute("TRUNCATE " + String.join(", ", projection.tables()));
        }
    }
}
