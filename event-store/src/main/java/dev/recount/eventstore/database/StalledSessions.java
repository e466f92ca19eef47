package dev.recount.eventstore.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions of nodes that stall within a statement, such as a COPY, while they hold locks that other nodes need.
 *
 * <p>PostgreSQL itself ends a transaction that is idle between two statements. But none of its timeouts covers a
 * statement that waits for its client. Only sessions of the same user and application name are ended. A node that was
 * only slow retries.
 */
public final class StalledSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StalledSessions.class);

    private static final Duration LOOK = Duration.ofMillis(750);

    /** Maximum time without a byte to or from the client. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(2);

    /**
     * Finds stalled sessions with locks that can block others: write locks on the schema's tables, or advisory locks
     * such as the log's own.
     */
    private static final String FIND = """
        SELECT session.pid, session.backend_start, session.query_start, coalesce(copy.bytes_processed, 0)
        FROM pg_stat_activity AS session
        LEFT JOIN pg_stat_progress_copy AS copy ON copy.pid = session.pid
        WHERE session.state = 'active'
          AND session.wait_event IN ('ClientRead', 'ClientWrite')
          AND session.pid <> pg_backend_pid()
          AND session.datname = current_database()
          AND session.usename = current_user
          AND session.application_name = current_setting('application_name')
          AND EXISTS (
              SELECT
              FROM pg_locks AS held
              LEFT JOIN pg_class AS relation ON relation.oid = held.relation
              WHERE held.pid = session.pid
                AND held.granted
                AND (held.locktype = 'advisory'
                  OR (held.mode <> 'AccessShareLock' AND relation.relnamespace = quote_ident(current_schema())::regnamespace)))
        """;

    private static final String END = """
        SELECT pg_terminate_backend(pid)
        FROM pg_stat_activity
        WHERE pid = ? AND backend_start = ? AND query_start = ?
        """;

    private final DataSource dataSource;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("recount-stalled-sessions").factory());

    /** A statement and its progress. */
    private record Stall(int pid, Timestamp sessionStart, Timestamp statementStart, long bytes) {}

    /** When each statement was first seen at this progress. */
    private Map<Stall, Long> seen = Map.of();

    public StalledSessions(DataSource dataSource) {
        this.dataSource = dataSource;
        var period = LOOK.toMillis();
        var _ = clock.scheduleWithFixedDelay(this::lookQuietly, period, period, TimeUnit.MILLISECONDS);
    }

    private void lookQuietly() {
        try {
            look();
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            LOG.debug("Cannot check other sessions while the database does not respond", e);
        }
    }

    private void look() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            long now = System.nanoTime();
            Map<Stall, Long> found = find(connection, now);
            for (Map.Entry<Stall, Long> stalled : found.entrySet()) {
                if (now - stalled.getValue() >= LONGEST_STALL.toNanos()) {
                    end(connection, stalled.getKey());
                }
            }
            seen = found;
        }
    }

    private Map<Stall, Long> find(Connection connection, long now) throws SQLException {
        Map<Stall, Long> found = new HashMap<>();
        try (PreparedStatement find = connection.prepareStatement(FIND);
                ResultSet row = find.executeQuery()) {
            while (row.next()) {
                Stall stall = new Stall(row.getInt(1), row.getTimestamp(2), row.getTimestamp(3), row.getLong(4));
                found.put(stall, seen.getOrDefault(stall, now));
            }
        }
        return found;
    }

    private static void end(Connection connection, Stall stall) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(END)) {
            end.setInt(1, stall.pid());
            end.setTimestamp(2, stall.sessionStart());
            end.setTimestamp(3, stall.statementStart());
            if (end.executeQuery().next()) {
                LOG.warn(
                        "The session {} was ended: its node stands still within a statement and holds locks that"
                                + " others need",
                        stall.pid());
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
