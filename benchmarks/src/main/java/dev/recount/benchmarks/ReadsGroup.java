package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import dev.recount.benchmarks.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures reads per second on a tracker with a history, beside an endpoint that does nothing. */
final class ReadsGroup {

    private static final long SEED = 8;

    /** About 60,000 issues with their full history. */
    private static final long EVENTS = 500_000;

    private static final int CLIENTS = 32;
    private static final int EDITS_PER_SECOND = 20;

    private ReadsGroup() {}

    /** Each edit invalidates all cached responses. */
    private static Rounds.Measure amidEdits(Requests requests, Throughput reads) {
        return stretch -> {
            try (ExecutorService editor = Executors.newSingleThreadExecutor()) {
                Future<Sample> edits =
                        editor.submit(() -> OpenLoop.run(_ -> requests.edit(), 1, EDITS_PER_SECOND, stretch));
                double perSecond = reads.run(stretch);
                edits.get();
                return perSecond;
            }
        };
    }

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount recount = RunningRecount.in(directory)) {
            recount.fill(History.ofLives(SEED, Math.min(EVENTS, options.events())));
            Requests requests = recount.requests();
            long issues = recount.sql()
                    .sql("SELECT count(*) FROM issue_row")
                    .query(Long.class)
                    .single();
            Rounds rounds = new Rounds("reads", recount::awaitCaughtUp);
            String floor = "GET /no-op, c=" + CLIENTS;
            rounds.add(floor, "/s", "", Mark.NONE, new Throughput(_ -> requests.noOpGet(), CLIENTS));
            for (Read read : Read.ALL) {
                rounds.add(
                        read.name() + ", c=" + CLIENTS,
                        "/s",
                        floor,
                        Mark.ratioAtLeast(0.35, 0.7),
                        new Throughput(client -> read.by(client, requests, issues), CLIENTS));
            }
            for (Read read : Read.DASHBOARD) {
                Read anew = read.anew();
                rounds.add(
                        anew.name() + ", c=" + CLIENTS,
                        "/s",
                        floor,
                        Mark.NONE,
                        new Throughput(client -> anew.by(client, requests, issues), CLIENTS));
                rounds.add(
                        read.name() + ", c=" + CLIENTS + ", amid edits",
                        "/s",
                        floor,
                        Mark.NONE,
                        amidEdits(requests, new Throughput(client -> read.by(client, requests, issues), CLIENTS)));
            }
            return rounds.run(options);
        }
    }
}
