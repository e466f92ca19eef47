package dev.recount.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.benchmarks.history.History;
import dev.recount.benchmarks.history.LogFill;
import dev.recount.eventstore.RecountSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a page of the list takes, with the count that it carries, where there are few issues and where there are many.
 *
 * <p>Each has a Recount of its own and both are asked in turns, so that their ratio does not depend on when it was taken.
 */
final class CountsGroup {

    private static final long SEED = 5;
    private static final int PAGE_SIZE = 10;
    private static final Duration PATIENCE = Duration.ofHours(2);

    private CountsGroup() {}

    /**
     * A page of the list.
     *
     * @param condition what a row of the list has to fulfil, in SQL
     */
    private record ListPage(String kind, String path, String condition) {

        private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

        String nameFor(long issues) {
            return String.format(Locale.ROOT, "%s, %,d issues", kind, issues);
        }

        /** A count that is wrong is no figure worth having. */
        void check(Requests requests, JdbcClient database) throws IOException {
            long rows = database.sql("SELECT count(*) FROM issue_row WHERE " + condition)
                    .query(Long.class)
                    .single();
            Matcher count = COUNT.matcher(requests.body(path));
            if (rows == 0 || !count.find() || Long.parseLong(count.group(1)) != rows) {
                throw new IllegalStateException(path + " should count " + rows);
            }
        }
    }

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (ConfigurableApplicationContext few = Benchmarks.start(directory.resolve("few"));
                ConfigurableApplicationContext many = Benchmarks.start(directory.resolve("many"))) {
            fill(few, options.fewIssues());
            fill(many, options.issues());
            Rounds rounds = new Rounds(() -> {});
            Iterator<ListPage> pagesOfMany = pages(options.issues()).iterator();
            for (ListPage page : pages(options.fewIssues())) {
                String floor = page.nameFor(options.fewIssues());
                addLatency(rounds, floor, "", requests(few), page.path());
                ListPage ofMany = pagesOfMany.next();
                addLatency(rounds, ofMany.nameFor(options.issues()), floor, requests(many), ofMany.path());
            }
            return rounds.run(options);
        }
    }

    /** The pages that are asked for. */
    private static List<ListPage> pages(long issues) {
        return List.of(
                new ListPage("list", "/issues", "true"),
                new ListPage("by status", "/issues?status=open", "status = 'open'"),
                new ListPage("by assignee", "/issues?assignee=2", "assignee = 2"),
                new ListPage("by both", "/issues?status=open&assignee=2", "status = 'open' AND assignee = 2"),
                new ListPage("last page", "/issues?page=" + Math.ceilDiv(issues, PAGE_SIZE), "true"));
    }

    private static void fill(ConfigurableApplicationContext recount, long issues)
            throws IOException, InterruptedException {
        Stopwatch filling = new Stopwatch();
        new LogFill(recount.getBean(EventStore.class), recount.getBean(RecountSerializer.class))
                .append(History.ofNewIssues(SEED, issues));
        filling.say("%,d issues appended", issues);
        CaughtUp.await(recount, PATIENCE);
        filling.say("%,d issues appended and projected", issues);
        JdbcClient database = JdbcClient.create(recount.getBean(HikariDataSource.class));
        Requests requests = requests(recount);
        for (ListPage page : pages(issues)) {
            page.check(requests, database);
        }
        // What PostgreSQL would else do by itself in the middle of the first round.
        database.sql("VACUUM ANALYZE").update();
    }

    private static Requests requests(ConfigurableApplicationContext recount) {
        return new Requests(recount.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    /** Median and 99th percentile come from the same stretch, so the second only looks at what the first saw. */
    private static void addLatency(Rounds rounds, String name, String floor, Requests requests, String path) {
        Histogram[] seen = new Histogram[1];
        rounds.add(name + ", p50", "ms", floor.isEmpty() ? "" : floor + ", p50", Figure.Mark.NONE, stretch -> {
            seen[0] = ClosedLoop.run(_ -> requests.get(path), 1, stretch).latencies();
            return seen[0].getValueAtPercentile(50) / 1_000.0;
        });
        rounds.add(
                name + ", p99",
                "ms",
                floor.isEmpty() ? "" : floor + ", p99",
                Figure.Mark.NONE,
                _ -> seen[0].getValueAtPercentile(99) / 1_000.0);
    }
}
