package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import dev.recount.benchmarks.history.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Measures the latency for one client with few issues and with many.
 *
 * <p>Each has its own Recount and both are measured alternately, so that their ratio does not depend on the time.
 */
final class GrowthGroup {

    private static final long SEED = 5;
    private static final int PAGE_SIZE = 10;
    private static final Mark FLAT = Mark.ratioAtMost(1.3, 1.1);
    private static final Mark DEEP = Mark.ratioAtMost(10, Double.NaN);
    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

    private GrowthGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount few = RunningRecount.in(directory.resolve("few"));
                RunningRecount many = RunningRecount.in(directory.resolve("many"))) {
            few.fill(History.ofNewIssues(SEED, options.fewIssues()));
            many.fill(History.ofNewIssues(SEED, options.issues()));
            checkCounts(few);
            checkCounts(many);
            Rounds rounds = new Rounds("growth", () -> {});
            for (Read read : Read.ALL.stream().map(Read::anew).toList()) {
                String floor = named(read.name(), options.fewIssues());
                addLatency(rounds, floor, "", Mark.NONE, few, read, options.fewIssues());
                addLatency(rounds, named(read.name(), options.issues()), floor, FLAT, many, read, options.issues());
            }
            addDeepPages(rounds, many, options);
            addWrites(rounds, few, many, options);
            return rounds.run(options);
        }
    }

    private static String named(String what, long issues) {
        return String.format(Locale.ROOT, "%s, %,d issues", what, issues);
    }

    private static void addDeepPages(Rounds rounds, RunningRecount many, Options options) {
        String firstPage = named(Read.LISTS.getFirst().anew().name(), options.issues()) + ", p50";
        long pages = Math.ceilDiv(options.issues(), PAGE_SIZE);
        for (int part = 1; part <= 4; part++) {
            Read read = new Read("page " + part + "/4", "/issues?page=" + pages * part / 4).anew();
            addLatency(rounds, named(read.name(), options.issues()), firstPage, DEEP, many, read, options.issues());
        }
        // A quarter of the issues is open, so this is the page in the middle of them.
        Read filtered = new Read("page 1/2 by status", "/issues?status=open&page=" + pages / 8).anew();
        addLatency(rounds, named(filtered.name(), options.issues()), firstPage, DEEP, many, filtered, options.issues());
    }

    private static void addWrites(Rounds rounds, RunningRecount few, RunningRecount many, Options options) {
        String create = "POST /issues, one client";
        String floor = named(create, options.fewIssues());
        Throughput withFew = new Throughput(_ -> few.requests().create(), 1);
        Throughput withMany = new Throughput(_ -> many.requests().create(), 1);
        rounds.add(floor, "/s", "", Mark.NONE, withFew);
        rounds.add(named(create, options.issues()), "/s", floor, Mark.NONE, withMany);
    }

    /** Median and 99th percentile come from the same measurement: the second reuses the first's data. */
    private static void addLatency(
            Rounds rounds, String name, String floor, Mark mark, RunningRecount recount, Read read, long issues) {
        Histogram[] seen = new Histogram[1];
        String other = floor.isEmpty() || floor.endsWith(", p50") ? floor : floor + ", p50";
        rounds.add(name + ", p50", "ms", other, mark, stretch -> {
            seen[0] = ClosedLoop.run(client -> read.by(client, recount.requests(), issues), 1, stretch)
                    .latencies();
            return seen[0].getValueAtPercentile(50) / 1_000.0;
        });
        rounds.add(name + ", p99", "ms", "", Mark.NONE, _ -> seen[0].getValueAtPercentile(99) / 1_000.0);
    }

    /** Checks the counts, because figures for wrong counts are worthless. */
    private static void checkCounts(RunningRecount recount) throws IOException {
        List<String> conditions =
                List.of("true", "status = 'open'", "assignee = 2", "status = 'open' AND assignee = 2");
        for (int list = 0; list < conditions.size(); list++) {
            String path = Read.LISTS.get(list).path();
            long rows = recount.sql()
                    .sql("SELECT count(*) FROM issue_row WHERE " + conditions.get(list))
                    .query(Long.class)
                    .single();
            Matcher count = COUNT.matcher(recount.requests().body(path));
            if (rows == 0 || !count.find() || Long.parseLong(count.group(1)) != rows) {
                throw new IllegalStateException(path + " should count " + rows);
            }
        }
    }
}
