package dev.recount.eventstore.read;

import dev.recount.eventstore.database.DatabaseLoss;
import dev.recount.eventstore.database.WatchedPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals appends of other processes. It uses LISTEN while its connection holds, and checks the log after each
 * reconnect. In case a notification is lost, it also checks every few seconds. A check also detects a restored log.
 */
public final class LogListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** A notification without an event: the listener checks the log. */
    private static final long LOOK = 0;

    private static final PGNotification[] NONE = {};

    private static final Duration RECONNECT = Duration.ofMillis(500);

    /** Timeout of the listener's connection, after which the listener reconnects. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final LogIdentity identity;
    private final LogSignal signal;
    private final Thread thread;
    private volatile boolean closing;

    public LogListener(DataSource dataSource, LogIdentity identity, LogSignal signal) {
        this.dataSource = dataSource;
        this.identity = identity;
        this.signal = signal;
        this.thread = Thread.ofPlatform().name("recount-log-listener").daemon().start(this::run);
    }

    private void run() {
        while (!closing) {
            try {
                listen();
            } catch (SQLException | RuntimeException | OutOfMemoryError e) {
                if (!closing) {
                    if (!DatabaseLoss.isCauseOf(e)) {
                        LOG.warn("Not listening to the event log for a moment: {}", e.getMessage());
                    }
                    pause();
                }
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection listening = WatchedPool.aside(dataSource);
                Statement statement = listening.createStatement()) {
            listening.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            statement.execute("LISTEN recount_event_log");
            PGConnection notifications = listening.unwrap(PGConnection.class);
            long looked = look(listening);
            try {
                while (!closing) {
                    PGNotification[] heard = notifications.getNotifications((int) QUIET.toMillis());
                    boolean asked = false;
                    for (PGNotification notification : heard == null ? NONE : heard) {
                        long position = Long.parseLong(notification.getParameter());
                        signal.advanceTo(position);
                        asked |= position == LOOK;
                    }
                    if (!closing && (asked || System.nanoTime() - looked >= QUIET.toNanos())) {
                        looked = look(listening);
                    }
                }
            } finally {
                // The connection may return to a pool, whose next user must not receive notifications.
                statement.execute("UNLISTEN *");
            }
        }
    }

    /**
     * Checks the log and returns the time of the check. It also queries the listener's own connection, which may be
     * dead although others are not.
     */
    private long look(Connection listening) throws SQLException {
        signal.advanceTo(LogReader.head(listening));
        signal.advanceTo(identity.look());
        return System.nanoTime();
    }

    private void pause() {
        try {
            thread.join(RECONNECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(QUIET.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes the listener with an empty notification. Without it, the listener finishes its wait. */
    private void wake() {
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_notify('recount_event_log', '0')");
        } catch (SQLException e) {
            LOG.debug("Cannot wake the listener, since the database does not respond; it ends after its wait", e);
        }
    }
}
