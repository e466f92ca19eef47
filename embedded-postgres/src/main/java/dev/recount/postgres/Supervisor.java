package dev.recount.postgres;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts a server that has ended, on its former port, until this is closed.
 *
 * <p>Clients must reopen broken connections. A failed start is retried at the next check.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long SECONDS_BETWEEN_LOOKS = 1;

    private final Server server;
    private final int port;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("postgres-supervisor").factory());
    private @Nullable String lastFailure;

    private Supervisor(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Supervises a running server. */
    static Supervisor of(Server server, int port) {
        var supervisor = new Supervisor(server, port);
        var _ = supervisor.looks.scheduleWithFixedDelay(
                supervisor::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        return supervisor;
    }

    private void look() {
        try {
            if (server.isGone()) {
                startAgain();
            }
            lastFailure = null;
        } catch (RuntimeException | OutOfMemoryError failure) {
            // Log a failure once and not every second.
            if (!failure.toString().equals(lastFailure)) {
                LOG.error("PostgreSQL has ended and cannot be started again; Recount retries every second", failure);
            }
            lastFailure = failure.toString();
        }
    }

    private void startAgain() {
        if (lastFailure == null) {
            LOG.error("PostgreSQL on 127.0.0.1:{} has ended unexpectedly; Recount starts it again", port);
        }
        long begin = System.nanoTime();
        server.startAgain(port);
        LOG.info("PostgreSQL on 127.0.0.1:{} is up again after {} ms", port, (System.nanoTime() - begin) / 1_000_000);
    }

    /** Waits for a start in progress. */
    @Override
    public void close() {
        looks.close();
    }
}
