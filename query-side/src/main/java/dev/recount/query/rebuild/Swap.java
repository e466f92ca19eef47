package dev.recount.query.rebuild;

import dev.recount.eventstore.database.LongRunningSessions;
import dev.recount.query.generations.FilledGeneration;
import dev.recount.query.generations.TableGeneration;
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

    /** What came of an attempt. */
    enum Outcome {
        SWAPPED,
        /** The log has gone on too far meanwhile. */
        BEHIND,
        /** The generation has an event that somebody discarded since it was applied: it has to be filled again. */
        OUTDATED
    }

    /**
     * How far a generation is.
     *
     * @param leftOut how many discarded events it goes without up to the position
     */
    private record Reached(long position, long leftOut) {}

    /**
     * Tries it once.
     *
     * @param leftOut how many discarded events the generation goes without as it was filled
     * @throws SQLException {@linkplain TableGeneration#isTooLate too late} where a lock was not to be had in time
     * @throws CancellationException if the run is no longer wanted
     */
    Outcome attempt(Connection connection, FilledGeneration generation, long leftOut) throws SQLException {
        progress.swapAttempted();
        connection.setAutoCommit(false);
        try {
            // Everything before waited for no disk; once this is answered, no crash may take it back.
            TableGeneration.execute(connection, "SET LOCAL synchronous_commit = on");
            generation.tables().keepVacuumAway(connection);
            TableGeneration.execute(connection, "SET LOCAL lock_timeout = " + BATCH_PATIENCE.toMillis());
            if (!RebuildRows.swapped(connection, run, generation.name())) {
                throw new CancellationException();
            }
            // What was written while the locks were waited for, so that next to nothing is left when all stands still.
            var reached = new Reached(progress.position(), leftOut);
            reached = apply(connection, generation, reached, livePosition(connection, generation));
            reached = apply(connection, generation, reached, livePosition(connection, generation));
            TableGeneration.execute(connection, LongRunningSessions.HURRY);
            var checkpoint = StoredProjection.lock(connection, generation.name());
            var began = System.nanoTime();
            if (checkpoint.version() > generation.projection().version()) {
                throw new IllegalStateException(
                        "%s was filled by version %d meanwhile".formatted(generation.name(), checkpoint.version()));
            }
            if (checkpoint.covered() - reached.position() > NEAR) {
                return Outcome.BEHIND;
            }
            var last = apply(connection, generation, reached, checkpoint.covered());
            // None can be discarded from here on, as that would have to hold the projection, too.
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

    /** Applies what there is between, in the open transaction, and says what is reached by it. */
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
