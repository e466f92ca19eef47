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
 * Asks the database for a sign of life a few times a second, and says when there has been none for too long: then all
 * that waits for the database fails, and so does each new request until the database answers again.
 *
 * <p>A long statement is no silence, since the questions go over a connection of their own.
 */
final class DatabaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(500);

    private static final Duration BETWEEN_REFUSALS = Duration.ofMillis(250);

    private static final Duration LOOK = Duration.ofMillis(50);

    /** A server that is started again within this time is not worth a line. */
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(1);

    /** One slow answer is no silence: a connection that is opened anew has to be without an answer, too. */
    private static final int FAILURES_OF_SILENCE = 2;

    /** The longest that a pool waits here at a time. */
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

    /** @param patience for how long the database may be silent */
    DatabaseWatch(ServerConnections connections, Duration patience) {
        this.connections = connections;
        Duration eighth = patience.dividedBy(8);
        this.interval = eighth.compareTo(LONGEST_INTERVAL) < 0 ? eighth : LONGEST_INTERVAL;
        this.answerTime = patience.dividedBy(4);
        // The silence may have begun just after the answer before.
        this.limit = patience.minus(interval);
    }

    /** To be done when the connections are about to be broken. */
    void onLoss(Runnable reaction) {
        onLoss = reaction;
    }

    /** Begins with the first connection; before that, nothing waits for an answer. */
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

    /** @throws SQLTransientConnectionException at once, while the database is known to be silent */
    void requireAnswer() throws SQLTransientConnectionException {
        if (lost) {
            throw new SQLTransientConnectionException("the database does not answer", "08001");
        }
    }

    /** Waits until the database is not known to be silent. */
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
                    // That says nothing about the database.
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
                // Those to the former server are dead, or lead to one that must not be written to.
                onLoss.run();
                connections.breakOpenedBefore(lastAnswer);
            }
            if (warned) {
                LOG.warn(
                        "The database answers again after {} ms{}",
                        millisWithoutAnswer(),
                        other ? "; the server was started anew or is another" : "");
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
