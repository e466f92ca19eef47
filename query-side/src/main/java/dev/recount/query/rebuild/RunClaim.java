package dev.recount.query.rebuild;

import dev.recount.query.generations.VerificationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A run's claim on its projections, held by a connection of its own. If that connection breaks, the run is over. */
final class RunClaim implements AutoCloseable {

    private final Connection connection;
    private final long id;
    private boolean closed;

    private RunClaim(Connection connection, long id) {
        this.connection = connection;
        this.id = id;
    }

    /** The result: a claim, or the projection that another run has claimed. */
    record Attempt(@Nullable RunClaim claim, @Nullable String taken) {}

    static Attempt attempt(DataSource dataSource, RebuildKind kind, List<String> projections, String node)
            throws SQLException {
        var connection = dataSource.getConnection();
        try {
            for (var name : projections) {
                if (!RunLocks.tryProjection(connection, name)) {
                    release(connection);
                    return new Attempt(null, name);
                }
            }
            return new Attempt(new RunClaim(connection, begin(connection, kind, projections, node)), null);
        } catch (SQLException | RuntimeException | Error failure) {
            release(connection);
            throw failure;
        }
    }

    /**
     * Inserts the row and takes the lock in one transaction, so that other processes never see the row without the
     * lock.
     */
    private static long begin(Connection connection, RebuildKind kind, List<String> projections, String node)
            throws SQLException {
        connection.setAutoCommit(false);
        var id = RebuildRows.insert(connection, kind, projections, node);
        if (!RunLocks.tryRun(connection, id)) {
            throw new IllegalStateException("another process holds the lock of run " + id);
        }
        connection.commit();
        connection.setAutoCommit(true);
        return id;
    }

    long id() {
        return id;
    }

    /** As {@link RebuildRows#progress}; after the claim was released, nothing is stored. */
    synchronized Optional<Boolean> progress(RebuildRows.Progress progress) throws SQLException {
        if (closed) {
            return Optional.of(false);
        }
        return RebuildRows.progress(connection, id, progress);
    }

    synchronized void look(RebuildThrottle throttle) throws SQLException {
        if (!closed) {
            throttle.look(connection);
        }
    }

    synchronized void finish(
            RebuildPhase end, RebuildState.@Nullable Failure failure, @Nullable VerificationReport report)
            throws SQLException {
        RebuildRows.finish(connection, id, end, failure, report);
    }

    @Override
    public synchronized void close() {
        closed = true;
        release(connection);
    }

    private static void release(Connection connection) {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            RunLocks.releaseAll(connection);
        } catch (SQLException _) {
            // The connection is closed, and the locks with it.
        }
    }
}
