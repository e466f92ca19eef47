package dev.recount.audit;

import dev.recount.eventstore.database.DatabaseLoss;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Issues a checkpoint when the node starts and periodically after that. Each one also compares the log with the
 * previous checkpoint. So there is evidence, and it is checked, even if no client ever requests a checkpoint.
 */
final class AuditSchedule implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AuditSchedule.class);

    private final String origin;
    private final KeyFile keys;
    private final CheckpointIssuer issuer;
    private final Duration interval;
    private volatile @Nullable ScheduledExecutorService rounds;

    AuditSchedule(String origin, KeyFile keys, CheckpointIssuer issuer, Duration interval) {
        this.origin = origin;
        this.keys = keys;
        this.issuer = issuer;
        this.interval = interval;
    }

    /** Creates the key before it returns, if possible. If not, requests for a checkpoint report the error. */
    @Override
    public void start() {
        try {
            keys.createIfMissing(origin);
        } catch (UncheckedIOException failure) {
            LOG.error("Checkpoints cannot be signed: {}", failure.getMessage(), failure);
        }
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("recount-audit").factory());
        var _ = started.scheduleWithFixedDelay(this::round, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        rounds = started;
    }

    private void round() {
        try {
            issuer.issue();
        } catch (RuntimeException | OutOfMemoryError failure) {
            if (isRunning() && !DatabaseLoss.isCauseOf(failure)) {
                LOG.warn("No checkpoint was issued: {}", failure.getMessage());
                LOG.debug("why no checkpoint was issued", failure);
            }
        }
    }

    @Override
    public void stop() {
        var stopping = rounds;
        rounds = null;
        if (stopping != null) {
            stopping.shutdownNow();
            try {
                if (!stopping.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.debug("a round continues while the node stops");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
