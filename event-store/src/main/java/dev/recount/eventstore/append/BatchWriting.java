package dev.recount.eventstore.append;

import dev.recount.eventstore.database.SqlErrors;
import dev.recount.eventstore.database.UnknownOutcomeException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing of one batch. It retries the whole batch if that may help, and completes each append with its known
 * outcome.
 */
final class BatchWriting {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriting.class);

    /** Short, so that appends that time out fail while others still wait. */
    private static final Duration LONGEST_LOCK_WAIT = Duration.ofMillis(500);

    private static final Duration SHORTEST_LOCK_WAIT = Duration.ofMillis(50);

    /** Does not count waits for the lock, which end with the appends' patience. */
    private static final int ATTEMPTS = 10;

    private static final int ATTEMPTS_AFTER_ERRORS = 2;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LogWriter writer;
    private final Duration patience;
    private List<Append> left;
    /** Whether to write with {@link LogWriter#appendUncontested}, which decides each append on its own. */
    private boolean exact;
    /** Whether an earlier attempt may have taken effect. */
    private boolean inDoubt;

    private int attempts;
    private int errors;

    private BatchWriting(LogWriter writer, Duration patience, List<Append> left) {
        this.writer = writer;
        this.patience = patience;
        this.left = left;
    }

    /** Returns when every append of the batch has completed or failed. */
    static void write(LogWriter writer, Duration patience, List<Append> batch) {
        new BatchWriting(writer, patience, batch).write();
    }

    private void write() {
        while (true) {
            left = left.stream().filter(Append::send).toList();
            if (left.isEmpty()) {
                return;
            }
            try {
                attempt();
                return;
            } catch (SQLException e) {
                if (!goesOnAfter(e)) {
                    return;
                }
            } catch (RuntimeException | Error e) {
                if (!goesOnAfter(e)) {
                    return;
                }
            }
        }
    }

    private void attempt() throws SQLException {
        if (exact) {
            writer.appendUncontested(left, lockMillis());
        } else {
            writer.appendAll(left, lockMillis());
        }
    }

    /** The time until the first append runs out of patience, within bounds. */
    private long lockMillis() {
        Duration rest = patience.minus(longestWait());
        Duration wait = rest.compareTo(LONGEST_LOCK_WAIT) < 0 ? rest : LONGEST_LOCK_WAIT;
        return Math.max(SHORTEST_LOCK_WAIT.toMillis(), wait.toMillis());
    }

    private Duration longestWait() {
        long now = System.nanoTime();
        return left.stream()
                .map(append -> append.waited(now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private boolean goesOnAfter(SQLException e) {
        inDoubt |= writer.isUndecided();
        if (SqlErrors.isConflict(e) && !exact) {
            exact = true;
            return true;
        }
        if (SqlErrors.isTransient(e)) {
            return goesOnAfterTransient(e);
        }
        if (SqlErrors.isUnavailable(e)) {
            return goesOnAfterLoss(e);
        }
        if (SqlErrors.isRefusedValue(e) && left.size() > 1) {
            // Write each append alone to find the one with the refused value.
            for (Append append : left) {
                BatchWriting alone = new BatchWriting(writer, patience, List.of(append));
                alone.exact = true;
                alone.inDoubt = inDoubt;
                alone.write();
            }
            return false;
        }
        return giveUp(e, SqlErrors.translate(attempted(), e));
    }

    /** Retries the batch as a whole: one by one, each append would wait as long for the same obstacle. */
    private boolean goesOnAfterTransient(SQLException e) {
        takeBack();
        failLate(e);
        if (SqlErrors.isLocked(e)) {
            return true;
        }
        pause();
        return ++attempts < ATTEMPTS || giveUp(e, SqlErrors.translate(attempted(), e));
    }

    /**
     * Retries by event id, which shows whether the batch was written. A pool may hold several dead connections to a
     * restarted server. If a pool has no connection, it has already waited for one.
     */
    private boolean goesOnAfterLoss(SQLException e) {
        takeBack();
        failLate(e);
        exact = true;
        if (e instanceof SQLTransientConnectionException) {
            pause();
            return inDoubt || giveUp(e, SqlErrors.translate(attempted(), e));
        }
        return ++attempts < ATTEMPTS || giveUp(e, SqlErrors.translate(attempted(), e));
    }

    private void failLate(SQLException e) {
        long now = System.nanoTime();
        List<Append> late = left.stream()
                .filter(append -> append.waited(now).compareTo(patience) >= 0)
                .toList();
        if (!late.isEmpty()) {
            RuntimeException cause = failure(e, SqlErrors.translate(attempted(), e));
            late.forEach(append -> append.fail(cause));
        }
    }

    /** The transaction and its connection are lost. Only a failure during the commit itself may have taken effect. */
    private boolean goesOnAfter(Throwable e) {
        LOG.error("A batch of {} appends broke off", left.size(), e);
        inDoubt |= writer.isUndecided();
        if (inDoubt && ++errors <= ATTEMPTS_AFTER_ERRORS) {
            exact = true;
            return true;
        }
        return giveUp(e, new EventStoreException("The append failed unexpectedly; nothing was written", e));
    }

    private void takeBack() {
        if (!inDoubt) {
            left.forEach(Append::takeBack);
        }
    }

    private boolean giveUp(Throwable e, RuntimeException certain) {
        RuntimeException cause = failure(e, certain);
        left.forEach(append -> append.fail(cause));
        return false;
    }

    private RuntimeException failure(Throwable e, RuntimeException certain) {
        return inDoubt
                ? new UnknownOutcomeException(attempted() + ": the database was lost before it confirmed that", e)
                : certain;
    }

    private String attempted() {
        return "Appending " + left.size() + " times to the log";
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
