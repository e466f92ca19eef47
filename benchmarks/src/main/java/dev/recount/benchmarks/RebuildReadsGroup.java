package dev.recount.benchmarks;

import dev.recount.benchmarks.history.History;
import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/** Measures the effect of rebuilds on reads while other clients write. */
final class RebuildReadsGroup {

    private static final long SEED = 6;
    private static final String QUIET = "reads, nothing is rebuilt";
    private static final String REBUILDING = "reads, all is rebuilt again and again";

    private static final List<String> PATHS =
            List.of("/issues?status=open", "/issues/3", "/issues/3/timeline", "/reports/throughput?interval=week");

    private RebuildReadsGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount recount = RunningRecount.in(directory)) {
            recount.fill(History.ofLives(SEED, options.events()));
            SteadyReads reads = new SteadyReads(recount.requests(), PATHS);
            Rounds rounds = new Rounds("rebuild-reads", recount::awaitCaughtUp);
            addLatencies(rounds, QUIET, "", Figure.Mark.NONE, reads::during);
            Duration[] longestLock = {Duration.ZERO};
            addLatencies(rounds, REBUILDING, QUIET, Figure.Mark.ratioAtMost(1.5, Double.NaN), stretch -> {
                try (RebuildLoop loop =
                        new RebuildLoop(recount.beans().getBean(Rebuilds.class), recount.projections())) {
                    Histogram latencies = reads.during(stretch);
                    while (!loop.hasCompletedOne()) {
                        latencies.add(reads.during(stretch));
                    }
                    longestLock[0] = loop.longestLock();
                    return latencies;
                }
            });
            rounds.add(
                    "longest lock of a swap",
                    "ms",
                    "",
                    Figure.Mark.figureAtMost(100, Double.NaN),
                    _ -> longestLock[0].toNanos() / 1e6);
            return rounds.run(options);
        }
    }

    /** Measures latencies for a given time. */
    @FunctionalInterface
    private interface Latencies {
        Histogram during(Duration stretch) throws Exception;
    }

    private static void addLatencies(Rounds rounds, String name, String floor, Figure.Mark mark, Latencies latencies) {
        Histogram[] seen = new Histogram[1];
        rounds.add(name + ", p50", "ms", floor.isEmpty() ? "" : floor + ", p50", Figure.Mark.NONE, stretch -> {
            seen[0] = latencies.during(stretch);
            return seen[0].getValueAtPercentile(50) / 1_000.0;
        });
        rounds.add(
                name + ", p99",
                "ms",
                floor.isEmpty() ? "" : floor + ", p99",
                mark,
                _ -> seen[0].getValueAtPercentile(99) / 1_000.0);
    }

    /** Rebuilds everything repeatedly until it is closed. */
    private static final class RebuildLoop implements AutoCloseable {
        private final AtomicBoolean closing = new AtomicBoolean();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final RebuildLoad load;
        private final Future<?> running;
        private volatile Duration longestLock = Duration.ZERO;

        RebuildLoop(Rebuilds rebuilds, List<String> projections) {
            this.load = new RebuildLoad(rebuilds);
            this.running = thread.submit(() -> {
                while (!closing.get()) {
                    RebuildState state = load.rebuild(projections);
                    Duration lock = Objects.requireNonNull(state.longestLock());
                    longestLock = lock.compareTo(longestLock) > 0 ? lock : longestLock;
                }
                return null;
            });
        }

        /** Only then have the reads met all phases of a rebuild. */
        boolean hasCompletedOne() {
            return !longestLock.isZero() || running.isDone();
        }

        /** The longest of the completed runs; waits for the current one. */
        Duration longestLock() throws Exception {
            closing.set(true);
            running.get();
            return longestLock;
        }

        @Override
        public void close() {
            closing.set(true);
            thread.close();
        }
    }
}
