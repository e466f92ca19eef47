package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import dev.recount.benchmarks.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Measures the packaged jar's start time with 100,000 issues and its memory afterwards. */
final class ProcessGroup {

    private static final long SEED = 9;
    private static final long ISSUES = 100_000;
    private static final int CLIENTS = 64;

    /** As the README recommends for production. */
    private static final List<String> FLAGS =
            List.of("-Xms64m", "-Xmx384m", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders");

    private ProcessGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        Path jar = options.jar();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("There is no jar at " + jar + "; --jar=PATH names it");
        }
        Path data = directory.resolve("data");
        try (RunningRecount recount = RunningRecount.in(data)) {
            recount.fill(History.ofNewIssues(SEED, ISSUES));
        }
        List<Figure> figures = new ArrayList<>(starts(jar, data, directory, options));
        figures.addAll(memory(jar, data, options));
        return figures;
    }

    private static List<Figure> starts(Path jar, Path data, Path directory, Options options) throws Exception {
        Path extracted = PackagedRecount.extract(jar, directory.resolve("extracted"));
        Path cache = directory.resolve("recount.aot");
        // Recorded in a separate run, which uses a little of everything.
        try (PackagedRecount recording = PackagedRecount.start(extracted, with("-XX:AOTCacheOutput=" + cache), data)) {
            Requests requests = recording.requests();
            for (Read read : Read.ALL) {
                once(read.by(0, requests, ISSUES));
            }
            once(requests.create());
            once(requests.edit());
        }
        Rounds rounds = new Rounds("start", () -> {});
        rounds.add(
                "start to ready, 100,000 issues",
                "s",
                "",
                Mark.figureAtMost(6, 2.5),
                _ -> secondsToReady(jar, FLAGS, data));
        rounds.add(
                "start to ready, 100,000 issues, extracted, AOT cache",
                "s",
                "",
                Mark.figureAtMost(6, 2.5),
                _ -> secondsToReady(extracted, with("-XX:AOTCache=" + cache), data));
        return rounds.run(options);
    }

    private static void once(Workload workload) throws Exception {
        try (workload) {
            workload.runOnce();
        }
    }

    private static List<String> with(String flag) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add(flag);
        return flags;
    }

    private static double secondsToReady(Path jar, List<String> flags, Path data) throws Exception {
        try (PackagedRecount recount = PackagedRecount.start(jar, flags, data)) {
            return recount.secondsToReady();
        }
    }

    private static double idle(long process) throws IOException {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        return Footprint.now(process);
    }

    /** Measures the same process at rest, under load, and at rest again. */
    private static List<Figure> memory(Path jar, Path data, Options options) throws Exception {
        try (PackagedRecount recount = PackagedRecount.start(jar, FLAGS, data)) {
            long process = recount.id();
            Requests requests = recount.requests();
            Rounds rounds = new Rounds("memory", () -> {});
            rounds.addCold("resident, idle after the start, 100,000 issues", "MB", "", _ -> idle(process));
            rounds.add("resident at most, under load", "MB", "", Mark.figureAtMost(700, Double.NaN), stretch -> {
                ClosedLoop.run(_ -> requests.create(), CLIENTS, stretch);
                ClosedLoop.run(_ -> requests.edit(), CLIENTS, stretch);
                for (Read read : Read.ALL) {
                    ClosedLoop.run(
                            client -> read.by(client, requests, ISSUES), CLIENTS, stretch.dividedBy(Read.ALL.size()));
                }
                return Footprint.highest(process);
            });
            rounds.add("resident, idle after load", "MB", "", Mark.figureAtMost(350, Double.NaN), _ -> idle(process));
            return rounds.run(options);
        }
    }
}
