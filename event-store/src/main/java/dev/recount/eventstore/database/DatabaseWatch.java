package dev.recount.eventstore.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a few times a second that the database responds. After too long without a response, all waiting work fails.
 * Each new request then fails too, until the database responds again.
 *
 * <p>A long statement is not mistaken for silence, because the checks use a separate connection.
 */
final class DatabaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(500);

    private static final Duration BETWEEN_REFUSALS = Duration.ofMillis(250);

    private static final Duration LOOK = Duration.ofMillis(50);

    /** A server that restarts within this time is not logged. */
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(1);

    /** One slow response is not silence: a newly opened connection must also get no response. */
    private static final int FAILURES_OF_SILENCE = 2;

    /** The longest single wait of a pool. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ServerConnections connections;
    private final Duration interval;
    private final Duration answerTime;
    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Runnable onLoss = () -> {};
    private boolean started;
    private int failures;
    private long unansweredSince;
    private boolean warned;
    private @Nullable String server;
    private long lastAnswer;
    private volatile boolean lost;
    private volatile boolean closing;

    /** @param patience maximum time without a response from the database */
    DatabaseWatch(ServerConnections connections, Duration patience) {
        this.connections = connections;
        Duration eighth = patience.dividedBy(8);
        this.interval = eighth.compareTo(LONGEST_INTERVAL) < 0 ? eighth : LONGEST_INTERVAL;
        this.answerTime = patience.dividedBy(4);
        // The silence may have begun right after the last response.
        this.limit = patience.minus(interval);
    }

    /** Sets the action to run just before the connections are broken. */
    void onLoss(Runnable reaction) {
        onLoss = reaction;
    }

    /** Starts the watch, at the first connection. Before that, nothing waits for a response. */
    void start() {
        lock.lock();
        try {
            if (started || closing) {
                return;
            }
            started = true;
        } finally {
            lock.unlock();
        }
        Thread.ofPlatform().name("recount-database-pulse").daemon().start(this::ask);
        Thread.ofPlatform().name("recount-database-watch").daemon().start(this::watch);
    }

    /** @throws SQLTransientConnectionException immediately, while the database is known to be unresponsive */
    void requireAnswer() throws SQLTransientConnectionException {
        if (lost) {
            throw new SQLTransientConnectionException("the database does not answer", "08001");
        }
    }

    /** Waits while the database is known to be unresponsive. */
    void awaitAnswer() throws SQLTransientConnectionException {
        if (!lost) {
            return;
        }
        lock.lock();
        try {
            long left = LONGEST_WAIT.toNanos();
            while (lost && !closing && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        requireAnswer();
    }

    private void ask() {
        try (DatabasePulse pulse = new DatabasePulse(connections, answerTime)) {
            while (!closing) {
                long sent = System.nanoTime();
                asked(sent);
                try {
                    answered(pulse.ask());
                    LockSupport.parkNanos(interval.toNanos());
                } catch (SQLException | RuntimeException e) {
                    LOG.debug("No sign of life from the database", e);
                    failed();
                    restSince(sent);
                } catch (OutOfMemoryError e) {
                    // A lack of memory here shows nothing about the database.
                    restSince(sent);
                }
            }
        }
    }

    private static void restSince(long sent) {
        long left = BETWEEN_REFUSALS.toNanos() - (System.nanoTime() - sent);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private void asked(long sent) {
        lock.lock();
        try {
            if (failures == 0) {
                unansweredSince = sent;
            }
        } finally {
            lock.unlock();
        }
    }

    private void failed() {
        lock.lock();
        try {
            failures++;
        } finally {
            lock.unlock();
        }
    }

    private void answered(Optional<String> by) {
        lock.lock();
        try {
            boolean other = server != null && by.isPresent() && !by.get().equals(server);
            if (other) {
                // Connections to the former server are dead, or lead to a server that must not be written to.
                onLoss.run();
                connections.breakOpenedBefore(lastAnswer);
            }
            if (warned) {
                LOG.warn(
                        "The database answers again after {} ms{}",
                        millisWithoutAnswer(),
                        other ? "; the server was restarted or replaced" : "");
            }
            server = by.orElse(server);
            lastAnswer = System.nanoTime();
            failures = 0;
            warned = false;
            lost = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        while (!closing) {
            LockSupport.parkNanos(LOOK.toNanos());
            lock.lock();
            try {
                judge();
            } finally {
                lock.unlock();
            }
        }
    }

    private void judge() {
        if (failures < FAILURES_OF_SILENCE) {
            return;
        }
        long millis = millisWithoutAnswer();
        if (!warned && millis >= WORTH_A_LINE.toMillis()) {
            warned = true;
            LOG.warn("The database does not answer; requests wait for it, and are answered 503 until it does");
        }
        if (!lost && millis >= limit.toMillis()) {
            lost = true;
            onLoss.run();
            connections.breakAll();
        }
    }

    private long millisWithoutAnswer() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - unansweredSince);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
