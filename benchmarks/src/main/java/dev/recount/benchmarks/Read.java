package dev.recount.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A read as users make it.
 *
 * @param path the path of the request. With {@code {id}} each request names a random issue. With {@code {recent}} newer
 *     issues are more frequent, so that each power of ten of older issues is read equally often (Zipf's law). {@code
 *     {n}} stands for a number that never repeats
 */
record Read(String name, String path) {

    private static final long SEED = 7;

    private static final String YEAR = "?from=2025-01-01&to=2025-12-31";
    private static final String MONTHS = YEAR + "&interval=month";

    static final List<Read> LISTS = List.of(
            new Read("GET /issues", "/issues"),
            new Read("GET /issues by status", "/issues?status=open"),
            new Read("GET /issues by assignee", "/issues?assignee=2"),
            new Read("GET /issues by both", "/issues?status=open&assignee=2"));

    private static final List<Read> SINGLE = List.of(
            new Read("GET /issues/{id}", "/issues/{recent}"),
            new Read("GET timeline", "/issues/{recent}/timeline"),
            new Read("GET /issues/{id}, any", "/issues/{id}"),
            new Read("GET timeline, any", "/issues/{id}/timeline"));

    private static final List<Read> REPORTS = Stream.of(
                    "latency",
                    "top-assignees",
                    "workload",
                    "ageing",
                    "created-resolved" + MONTHS,
                    "cumulative-flow" + MONTHS,
                    "cycle-time" + MONTHS,
                    "resolution-time" + MONTHS,
                    "time-in-status" + YEAR,
                    "throughput" + MONTHS,
                    "reopen-rate" + MONTHS)
            .map(report -> new Read("GET report " + report.split("\\?", 2)[0], "/reports/" + report))
            .toList();

    /** The typical reads of many users while others write. */
    static final List<Read> DASHBOARD = List.of(
            new Read("GET /issues by status", "/issues?status=open"),
            new Read("GET /issues/{id}", "/issues/{recent}"),
            new Read("GET report time-in-status", "/reports/time-in-status" + YEAR));

    /** All frequent reads. */
    static final List<Read> ALL =
            Stream.of(LISTS, SINGLE, REPORTS).flatMap(List::stream).toList();

    /** The read by one client. The issues are numbered from 1. */
    Workload by(int client, Requests requests, long issues) throws IOException {
        if (!path.contains("{")) {
            return requests.get(path);
        }
        SplittableRandom random = new SplittableRandom(SEED + client);
        return requests.get(() -> path.replace("{id}", Long.toString(random.nextLong(issues) + 1))
                .replace("{recent}", Long.toString(issues + 1 - (long) Math.pow((double) issues, random.nextDouble())))
                .replace("{n}", Long.toString(random.nextLong() >>> 1)));
    }

    /** The same read with a new query each time, so that no cached response fits. */
    Read anew() {
        return new Read(name + ", anew", path + (path.contains("?") ? "&" : "?") + "n={n}");
    }
}
