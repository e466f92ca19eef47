package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import dev.recount.benchmarks.history.History;
import java.nio.file.Path;
import java.util.List;

/** How many reads a second are answered of a tracker with a past, beside an endpoint that does nothing. */
final class ReadsGroup {

    private static final long SEED = 8;

    /** Some 60,000 issues with all that was said and done. */
    private static final long EVENTS = 500_000;

    private static final int CLIENTS = 32;

    private ReadsGroup() {}

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
            return rounds.run(options);
        }
    }
}
