package dev.recount.query.daemon;

import dev.recount.query.checkpoint.Checkpoints;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Transactions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the projector before the first request and stops it after the last one. In between it renews the claims and
 * reads the positions of all projections, including those that other nodes run.
 */
final class ProjectorLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectorLifecycle.class);

    /** Starts before the web server, whose phase is near the end. */
    private static final int PHASE = 0;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Projections projections;
    private final ProjectionClaims claims;
    private final Projector projector;
    private final LocalCheckpoints positions;
    private final CoalescedCheckpoints checkpoints;
    private final Transactions transactions;
    private final PlannerStatistics statistics;
    private final StrayProjections strays;
    private @Nullable ScheduledExecutorService clock;

    ProjectorLifecycle(
            Projections projections,
            ProjectionClaims claims,
            Projector projector,
            LocalCheckpoints positions,
            CoalescedCheckpoints checkpoints,
            Transactions transactions) {
        this.projections = projections;
        this.claims = claims;
        this.projector = projector;
        this.positions = positions;
        this.checkpoints = checkpoints;
        this.transactions = transactions;
        this.statistics = new PlannerStatistics(transactions);
        this.strays = new StrayProjections(transactions);
        positions.onFallBack(name -> {
            LOG.warn("{} stands behind what was committed here, its position is read anew", name);
            projections.of(name).forgetPosition();
            projector.wake();
        });
    }

    @Override
    public void start() {
        projections.all().forEach(live -> register(live.projection()));
        strays.find();
        renewClaims();
        projector.start();
        var watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("projection-watch").factory());
        var period = ProjectionClaims.RENEWAL.toMillis();
        var _ = watch.scheduleWithFixedDelay(this::watch, period, period, TimeUnit.MILLISECONDS);
        clock = watch;
    }

    private void register(Projection projection) {
        transactions.run(connection -> {
            Checkpoints.register(connection, projection);
            return projection;
        });
    }

    private void watch() {
        try {
            renewClaims();
            strays.find().forEach(name -> projections.find(name).ifPresent(LiveProjection::forgetPosition));
            var seen = checkpoints.ask(ProjectionClaims.RENEWAL.toNanos());
            for (var live : projections.all()) {
                var name = live.projection().name();
                live.seenAt(seen.of(name));
                if (claims.holds(name)) {
                    statistics.keepUp(live.projection(), seen.of(name).position());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | RuntimeException | OutOfMemoryError failure) {
            LOG.debug("Cannot check the projections while the database does not respond", failure);
        }
    }

    private void renewClaims() {
        var before = claims.held();
        claims.renew(projections.all());
        before.stream().filter(name -> !claims.holds(name)).forEach(positions::releasedHere);
        claims.held().stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> projections.of(name).forgetPosition());
        if (!claims.held().equals(before)) {
            projector.wake();
        }
    }

    @Override
    public void stop() {
        if (clock != null) {
            clock.shutdownNow();
            clock = null;
        }
        try {
            projector.stop(LONGEST_STOP);
            claims.release();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unreachable) {
            LOG.debug("Cannot release the claims because the database does not respond; they expire", unreachable);
        }
    }

    @Override
    public boolean isRunning() {
        return projector.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
