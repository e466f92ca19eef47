package dev.recount.query.daemon;

import dev.recount.query.checkpoint.CheckpointSnapshot;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports the node as ready once every projection has reached the head that the log had at the first check, and none
 * fails.
 *
 * <p>A projection that falls behind later does not make the node unready: reads wait for what they need. A new
 * projection during its first fill does not either, as long as there are others to read from.
 */
public final class ProjectionHealth implements HealthIndicator {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long UNKNOWN = -1;

    private final Projections projections;
    private final ProjectorLifecycle projector;
    private final CoalescedCheckpoints checkpoints;
    private volatile long headAtStart = UNKNOWN;
    private volatile boolean caughtUp;

    ProjectionHealth(Projections projections, ProjectorLifecycle projector, CoalescedCheckpoints checkpoints) {
        this.projections = projections;
        this.projector = projector;
        this.checkpoints = checkpoints;
    }

    @Override
    public Health health() {
        try {
            return judge(look());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Health.down(interrupted).build();
        } catch (ExecutionException unreachable) {
            return Health.down(Objects.requireNonNullElse(unreachable.getCause(), unreachable))
                    .build();
        } catch (TimeoutException silent) {
            return Health.down(silent).build();
        }
    }

    /** Runs in a thread of its own, because a probe times out sooner than a request. */
    private CheckpointSnapshot look() throws InterruptedException, ExecutionException, TimeoutException {
        var look = new FutureTask<>(() -> checkpoints.ask(LOOK_NANOS));
        Thread.startVirtualThread(look);
        return look.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
    }

    private Health judge(CheckpointSnapshot seen) {
        if (headAtStart == UNKNOWN) {
            headAtStart = seen.head();
        }
        caughtUp = caughtUp || isCaughtUp(seen);
        var healthy = projector.isRunning()
                && projections.all().stream().allMatch(live -> live.failure().isEmpty());
        var health = !healthy ? Health.down() : caughtUp ? Health.up() : Health.outOfService();
        health.withDetail("head", seen.head());
        for (var live : projections.all()) {
            var name = live.projection().name();
            health.withDetail(name, describe(live, seen.of(name).position()));
        }
        return health.build();
    }

    private boolean isCaughtUp(CheckpointSnapshot seen) {
        var filled = projections.all().stream()
                .map(live -> live.projection().name())
                .filter(name -> seen.of(name).filled())
                .toList();
        return !filled.isEmpty()
                && filled.stream().allMatch(name -> seen.of(name).position() >= headAtStart);
    }

    private static String describe(LiveProjection live, long position) {
        return live.failure()
                .map(failure -> "stands at %d, fails over %d to %d since %s: %s"
                        .formatted(
                                position,
                                failure.firstPosition(),
                                failure.lastPosition(),
                                failure.since(),
                                failure.cause()))
                .orElse("stands at " + position);
    }
}
