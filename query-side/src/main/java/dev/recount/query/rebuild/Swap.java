package dev.recount.query.rebuild;

import dev.recount.eventstore.database.LongRunningSessions;
import dev.recount.query.generations.FilledGeneration;
import dev.recount.query.generations.TableGeneration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * Swaps a filled generation in for the live tables, in a short transaction of its own.
 *
 * <p>The same transaction applies the events appended since the generation was filled, most of them before the
 * projection has to stand still.
 */
final class Swap {

    /** Number of events that may be applied while a projection stands still. */
    static final int NEAR = 100;

    /** How long reads may be kept waiting by a swap that waits itself. */
    static final Duration LOCK_PATIENCE = Duration.ofMillis(50);

    /** How long to wait for the projection's own batch; only its next batch queues behind that wait. */
    private static final Duration BATCH_PATIENCE = Duration.ofSeconds(1);

    /** Positions applied per step. */
    private static final long STRETCH = 1_000;

    private final LogWindows windows;
    private final RunProgress progress;
    private final long run;

    Swap(LogWindows windows, RunProgress progress, long run) {
        this.windows = windows;
        this.progress = progress;
        this.run = run;
    }

    /** The result of an attempt. */
    enum Outcome {
        SWAPPED,
        /** The log has grown too much in between. */
        BEHIND,
        /** The generation contains an event that was discarded after it was applied, so it must be filled again. */
        OUTDATED
    }

    /**
     * The progress of a generation.
     *
     * @param leftOut number of discarded events that it lacks up to the position
     */
    private record Reached(long position, long leftOut) {}

    /**
     * Tries to swap once.
     *
     * @param leftOut number of discarded events that the generation lacks so far
     * @throws SQLException {@linkplain TableGeneration#isTooLate too late} if a lock was not available in time
     * @throws CancellationException if the run is no longer wanted
     */
    Outcome attempt(Connection connection, FilledGeneration generation, long leftOut) throws SQLException {
        progress.swapAttempted();
        connection.setAutoCommit(false);
        try {
            // Earlier commits did not wait for the disk. This one does: once it is acknowledged, no crash may undo it.
            TableGeneration.execute(connection, "SET LOCAL synchronous_commit = on");
            generation.tables().keepVacuumAway(connection);
            TableGeneration.execute(connection, "SET LOCAL lock_timeout = " + BATCH_PATIENCE.toMillis());
            if (!RebuildRows.swapped(connection, run, generation.name())) {
                throw new CancellationException();
            }
            // Events appended while waiting for locks, so that almost none are left when the projection stands still.
            var reached = new Reached(progress.position(), leftOut);
            reached = apply(connection, generation, reached, livePosition(connection, generation));
            reached = apply(connection, generation, reached, livePosition(connection, generation));
            TableGeneration.execute(connection, LongRunningSessions.HURRY);
            var checkpoint = StoredProjection.lock(connection, generation.name());
            var began = System.nanoTime();
            if (checkpoint.version() > generation.projection().version()) {
                throw new IllegalStateException("%s was filled by version %d during the run"
                        .formatted(generation.name(), checkpoint.version()));
            }
            if (checkpoint.covered() - reached.position() > NEAR) {
                return Outcome.BEHIND;
            }
            var last = apply(connection, generation, reached, checkpoint.covered());
            // No event can be discarded from here on, because a discard needs the projection's lock, too.
            if (DiscardedEvents.count(connection, generation.name(), last.position()) != last.leftOut()) {
                return Outcome.OUTDATED;
            }
            generation.tables().swap(connection, LOCK_PATIENCE);
            StoredProjection.swapped(connection, generation.projection(), last.position());
            connection.commit();
            progress.locked(Duration.ofNanos(System.nanoTime() - began));
            return Outcome.SWAPPED;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static long livePosition(Connection connection, FilledGeneration generation) throws SQLException {
        return StoredProjection.read(connection, generation.name()).covered();
    }

    /** Applies the events in between, in the open transaction, and returns the progress. */
    private Reached apply(Connection connection, FilledGeneration generation, Reached from, long upTo)
            throws SQLException {
        var leftOut = from.leftOut();
        for (var after = from.position(); after < upTo; after += STRETCH) {
            var window = windows.read(connection, after, Math.min(after + STRETCH, upTo));
            leftOut += GenerationWriters.apply(window, generation, connection);
        }
        return new Reached(Math.max(from.position(), upTo), leftOut);
    }
}
