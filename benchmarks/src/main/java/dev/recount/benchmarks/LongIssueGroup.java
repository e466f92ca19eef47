package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures an issue with very many comments and one with very many labels. */
final class LongIssueGroup {

    private static final List<Integer> COMMENTS = List.of(0, 1_000, 10_000, 100_000);
    private static final List<Integer> LABELS = List.of(1, 100, 1_000);

    private LongIssueGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount recount = RunningRecount.in(directory)) {
            Rounds rounds = new Rounds("long-issue", recount::awaitCaughtUp);
            Requests requests = recount.requests();
            for (int comments : COMMENTS) {
                long issue = requests.newIssue();
                comment(requests, issue, comments);
                // A separate issue, because writes make it longer.
                long written = requests.newIssue();
                comment(requests, written, comments);
                String on = String.format(Locale.ROOT, ", issue with %,d comments", comments);
                addMillis(rounds, "POST comment" + on, _ -> requests.comment(written));
                addMillis(rounds, "PATCH" + on, _ -> requests.edit(written));
                addMillis(rounds, "GET /issues/{id}" + on, _ -> requests.get("/issues/" + issue));
                addMillis(rounds, "GET timeline" + on, _ -> requests.get("/issues/" + issue + "/timeline"));
            }
            for (int labels : LABELS) {
                String on = String.format(Locale.ROOT, ", %,d labels", labels);
                long issue = requests.newIssue();
                addMillis(rounds, "PUT labels" + on, _ -> requests.label(issue, labels));
                addMillis(rounds, "GET /issues/{id}" + on, _ -> requests.get("/issues/" + issue));
            }
            return rounds.run(options);
        }
    }

    private static void addMillis(Rounds rounds, String name, Workload.Factory workload) {
        Throughput throughput = new Throughput(workload, 1);
        rounds.add(name, "ms", "", Mark.NONE, stretch -> {
            throughput.run(stretch);
            return throughput.millis();
        });
    }

    /** Uses one client, because more would only queue for the same issue. */
    private static void comment(Requests requests, long issue, int comments) throws Exception {
        Stopwatch commenting = new Stopwatch();
        try (Workload commenter = requests.comment(issue)) {
            for (int comment = 0; comment < comments; comment++) {
                commenter.runOnce();
            }
        }
        commenting.say("%,d comments on one issue", comments);
    }
}
