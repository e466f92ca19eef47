package dev.recount.query.rebuild;

import dev.recount.query.generations.TableGeneration;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Session-level advisory locks that mark live runs, and keep two runs off one projection. PostgreSQL releases them with
 * the connection, however its process ended.
 */
final class RunLocks {

    /** "runs" in ASCII; the second key is the run's id. */
    private static final int RUN = 0x72756e73;

    /**
     * "proj" in ASCII; the second key is the hash of the name. Two projections with equal hashes cannot have runs at
     * the same time.
     */
    private static final int PROJECTION = 0x70726f6a;

    private RunLocks() {}

    static boolean tryRun(Connection connection, long run) throws SQLException {
        return ask(connection, "SELECT pg_try_advisory_lock(%d, %d)".formatted(RUN, (int) run));
    }

    static void releaseRun(Connection connection, long run) throws SQLException {
        ask(connection, "SELECT pg_advisory_unlock(%d, %d)".formatted(RUN, (int) run));
    }

    static boolean tryProjection(Connection connection, String name) throws SQLException {
        return ask(connection, "SELECT pg_try_advisory_lock(%d, %d)".formatted(PROJECTION, name.hashCode()));
    }

    static void releaseAll(Connection connection) throws SQLException {
        TableGeneration.execute(connection, "SELECT pg_advisory_unlock_all()");
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
