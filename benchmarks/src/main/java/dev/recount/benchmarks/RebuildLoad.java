package dev.recount.benchmarks;

import dev.recount.query.rebuild.RebuildPhase;
import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.StartOutcome;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Rebuilds projections from the first event to the swap, measures the whole run, and keeps the last duration of each.
 */
final class RebuildLoad {

    private final Rebuilds rebuilds;
    private final Map<List<String>, Double> lastSeconds = new HashMap<>();

    RebuildLoad(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    /** Events of the log per second of the whole run. */
    double eventsPerSecond(List<String> projections) throws SQLException {
        RebuildState state = rebuild(projections);
        return state.eventsTotal() / secondsOf(projections);
    }

    RebuildState rebuild(List<String> projections) throws SQLException {
        long start = System.nanoTime();
        StartOutcome outcome = rebuilds.rebuild(projections);
        if (!(outcome instanceof StartOutcome.Started started)) {
            throw new IllegalStateException("no rebuild of " + projections + ": " + outcome);
        }
        RebuildState state = started.end().toCompletableFuture().join();
        if (state.phase() != RebuildPhase.DONE) {
            throw new IllegalStateException("the rebuild of " + projections + " ended as " + state);
        }
        lastSeconds.put(projections, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        return state;
    }

    /** The duration of the last rebuild of these projections. */
    double secondsOf(List<String> projections) {
        return Objects.requireNonNull(lastSeconds.get(projections));
    }

    /** The sum of the durations of their last separate rebuilds. */
    double secondsOneByOne(List<String> projections) {
        return projections.stream()
                .mapToDouble(projection -> secondsOf(List.of(projection)))
                .sum();
    }
}
