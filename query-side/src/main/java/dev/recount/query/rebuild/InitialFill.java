package dev.recount.query.rebuild;

import dev.recount.eventstore.database.DatabaseLoss;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Fills projections that are new or have a new version, on whichever node is first. Also cleans up after runs whose
 * node is gone.
 */
final class InitialFill implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InitialFill.class);

    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Rebuilds rebuilds;
    private volatile boolean firstLook = true;
    private volatile @Nullable ScheduledExecutorService thread;

    InitialFill(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @Override
    public void start() {
        firstLook = true;
        var watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fill-watch").factory());
        thread = watch;
        var _ = watch.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            rebuilds.sweep();
            // The first check includes projections whose fill failed before, because the code may have been fixed
            // since.
            fill(firstLook ? rebuilds.unfilled() : rebuilds.unfilledAndNotGivenUp());
            firstLook = false;
        } catch (SQLException | RuntimeException | OutOfMemoryError failure) {
            if (!DatabaseLoss.isCauseOf(failure)) {
                LOG.warn(
                        "Cannot check whether a projection must be filled; it is retried soon: {}",
                        failure.getMessage());
            }
        }
    }

    private void fill(List<String> names) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        if (rebuilds.start(RebuildKind.FILL, names) instanceof StartOutcome.Busy) {
            // Projections without another run need not wait for the others.
            for (var name : names) {
                rebuilds.start(RebuildKind.FILL, List.of(name));
            }
        }
    }

    @Override
    public void stop() {
        var watch = thread;
        if (watch != null) {
            watch.shutdownNow();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
