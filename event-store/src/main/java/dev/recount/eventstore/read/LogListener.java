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
 * Passes on what other processes append: by LISTEN while its connection holds, by looking at the log each time it had to
 * connect anew and, in case a notification is lost all the same, every few seconds. A look notices a log that was restored,
 * too.
 */
public final class LogListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Tells of no event: there is something else to look at. */
    private static final long LOOK = 0;

    private static final PGNotification[] NONE = {};

    private static final Duration RECONNECT = Duration.ofMillis(500);

    /** Within which the server answers on the listener's connection, or the listener takes another one. */
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
                // The connection goes back to a pool, whose next user must not collect notifications.
                statement.execute("UNLISTEN *");
            }
        }
    }

    /** Returns when it was. Asks on the listener's own connection, too, which may be dead although others are not. */
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

    /** Has the listener hear of no event; without it, it hears out its wait. */
    private void wake() {
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_notify('recount_event_log', '0')");
        } catch (SQLException e) {
            LOG.debug("The listener ends by itself, since the database does not answer", e);
        }
    }
}
