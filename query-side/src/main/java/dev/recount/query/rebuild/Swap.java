package dev.recount.query.rebuild;

import dev.recount.eventstore.UnhurriedSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * Puts a filled generation in the place of the tables that are read, in a short transaction of its own.
 *
 * <p>What the log has gained since the generation was filled is applied in that transaction, the most of it before the
 * projection has to stand still.
 */
final class Swap {

    /** So many events can be applied while a projection stands still. */
    static final int NEAR = 100;

    /** For which readers may be kept waiting by a swap that has to wait itself. */
    static final Duration LOCK_PATIENCE = Duration.ofMillis(50);

    /** For which the projection's own batch may be waited for; nobody queues behind that but its next one. */
    private static final Duration BATCH_PATIENCE = Duration.ofSeconds(1);

    /** Positions that are applied at once. */
    private static final long STRETCH = 1_000;

    private final LogWindows windows;
    private final RunProgress progress;
    private final long run;

    Swap(LogWindows windows, RunProgress progress, long run) {
        this.windows = windows;
        this.progress = progress;
        this.run = run;
    }

    /**
     * Whether it is done; not, where the log has gone on too far meanwhile.
     *
     * @throws SQLException {@linkplain TableGeneration#isTooLate too late} where a lock was not to be had in time
     * @throws CancellationException if the run is no longer wanted
     */
    boolean attempt(Connection connection, FilledGeneration generation) throws SQLException {
        progress.swapAttempted();
        connection.setAutoCommit(false);
        try {
            generation.tables().keepVacuumAway(connection);
            TableGeneration.execute(connection, "SET LOCAL lock_timeout = " + BATCH_PATIENCE.toMillis());
            if (!RebuildRows.swapped(connection, run, generation.name())) {
                throw new CancellationException();
            }
            // What was written while the locks were waited for, so that next to nothing is left when all stands still.
            var reached = apply(connection, generation, progress.position(), livePosition(connection, generation));
            reached = apply(connection, generation, reached, livePosition(connection, generation));
            TableGeneration.execute(connection, UnhurriedSessions.HURRY);
            var standing = ProjectionStanding.lock(connection, generation.name());
            var began = System.nanoTime();
            if (standing.version() > generation.projection().version()) {
                throw new IllegalStateException(
                        "%s was filled by version %d meanwhile".formatted(generation.name(), standing.version()));
            }
            if (standing.position() - reached > NEAR) {
                return false;
            }
            var last = apply(connection, generation, reached, standing.position());
            generation.tables().swap(connection, LOCK_PATIENCE);
            ProjectionStanding.swapped(connection, generation.projection(), last);
            connection.commit();
            progress.locked(Duration.ofNanos(System.nanoTime() - began));
            return true;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static long livePosition(Connection connection, FilledGeneration generation) throws SQLException {
        return ProjectionStanding.read(connection, generation.name()).position();
    }

    /** Applies what there is between, in the open transaction, and gives the position that is reached by it. */
    private long apply(Connection connection, FilledGeneration generation, long from, long upTo) throws SQLException {
        for (var after = from; after < upTo; after += STRETCH) {
            var window = windows.read(connection, after, Math.min(after + STRETCH, upTo));
            GenerationWriters.apply(window, generation, connection);
        }
        return Math.max(from, upTo);
    }
}
