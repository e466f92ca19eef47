package dev.recount.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.ids.IdSequence;
import dev.recount.query.projection.ProjectionPositions;
import dev.recount.standalone.RecountApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts Recount with a database of its own, puts it under load, and prints what it did as a table and as JSON lines.
 *
 * <p>Server, load generator and database share the machine, and so do the floors, which are measured in the same rounds.
 */
public final class Benchmarks {

    private static final int[] CONNECTIONS = {1, 8, 32};

    private static final int LAG_RATE = 500;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Path directory = Files.createTempDirectory("recount-benchmark");
        System.err.println("load before the start: " + load());
        List<Figure> figures = new ArrayList<>();
        try {
            if (options.wantsEmptyDatabase()) {
                figures.addAll(onAnEmptyDatabase(directory.resolve("empty"), options));
            }
            if (options.wants("rebuild")) {
                figures.addAll(RebuildGroup.run(directory.resolve("rebuild"), options));
            }
            if (options.wants("rebuild-reads")) {
                figures.addAll(RebuildReadsGroup.run(directory.resolve("rebuild-reads"), options));
            }
            if (options.wants("audit")) {
                figures.addAll(AuditGroup.run(directory.resolve("audit"), options));
            }
            if (options.wants("counts")) {
                figures.addAll(CountsGroup.run(directory, options));
            }
        } finally {
            deleteAll(directory);
        }
        ResultTable table = new ResultTable(figures);
        System.out.println();
        table.printTable(System.out);
        System.out.printf(
                Locale.ROOT,
                "%n%d rounds of %d s each after %d s of warm-up; %d processors; load after the end: %s%n%n",
                options.rounds(),
                options.stretch().toSeconds(),
                options.warmup().toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                load());
        table.printJsonLines(System.out);
        Path results = Path.of("target", "benchmarks.jsonl").toAbsolutePath();
        Files.createDirectories(results.getParent());
        try (PrintStream file = new PrintStream(results.toFile(), StandardCharsets.UTF_8)) {
            table.printJsonLines(file);
        }
    }

    private static List<Figure> onAnEmptyDatabase(Path data, Options options) throws Exception {
        try (ConfigurableApplicationContext recount = start(data)) {
            return rounds(recount, options).run(options);
        }
    }

    static ConfigurableApplicationContext start(Path data) {
        return new SpringApplicationBuilder(RecountApplication.class)
                .sources(NoOpEndpoint.class)
                .run("--server.port=0", "--recount.data-directory=" + data);
    }

    private static Rounds rounds(ConfigurableApplicationContext recount, Options options) throws Exception {
        HikariDataSource database = recount.getBean(HikariDataSource.class);
        JdbcFloor jdbc = new JdbcFloor(database.getJdbcUrl(), database.getUsername(), database.getPassword());
        jdbc.createTable();
        Commands commands =
                new Commands(recount.getBean(CommandDispatcher.class), recount.getBean("issueIds", IdSequence.class));
        Requests requests =
                new Requests(recount.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        Rounds rounds = new Rounds(() -> CaughtUp.await(recount, PATIENCE));
        for (int clients : CONNECTIONS) {
            String floor = "JDBC insert, c=" + clients;
            if (options.wants("commands") || options.wants("http")) {
                rounds.add(floor, "/s", "", Figure.Mark.NONE, throughput(jdbc::forClient, clients));
            }
            if (options.wants("commands")) {
                rounds.add(
                        "create, in process, c=" + clients,
                        "/s",
                        floor,
                        Figure.Mark.NONE,
                        throughput(_ -> commands.creator(), clients));
                rounds.add(
                        "edit, in process, c=" + clients,
                        "/s",
                        floor,
                        Figure.Mark.NONE,
                        throughput(_ -> commands.editor(), clients));
            }
            if (options.wants("http")) {
                rounds.add(
                        "POST /no-op, c=" + clients,
                        "/s",
                        "",
                        Figure.Mark.NONE,
                        throughput(_ -> requests.noOpPost(), clients));
                rounds.add(
                        "POST /issues, c=" + clients,
                        "/s",
                        floor,
                        clients == 32 ? Figure.Mark.ratioAtLeast(0.35) : Figure.Mark.NONE,
                        throughput(_ -> requests.create(), clients));
                rounds.add(
                        "PATCH /issues/{id}, c=" + clients,
                        "/s",
                        floor,
                        Figure.Mark.NONE,
                        throughput(_ -> requests.edit(), clients));
            }
            if (options.wants("reads")) {
                String noOp = "GET /no-op, c=" + clients;
                rounds.add(noOp, "/s", "", Figure.Mark.NONE, throughput(_ -> requests.noOpGet(), clients));
                rounds.add(
                        "GET /issues, c=" + clients,
                        "/s",
                        noOp,
                        Figure.Mark.NONE,
                        throughput(_ -> requests.get("/issues"), clients));
                rounds.add(
                        "GET /issues/{id}, c=" + clients,
                        "/s",
                        noOp,
                        Figure.Mark.NONE,
                        throughput(client -> requests.get("/issues/" + (client + 1)), clients));
            }
        }
        if (options.wants("lag")) {
            addLag(rounds, new ProjectionLag(commands, recount.getBean(ProjectionPositions.class), "issue-list"));
        }
        if (options.wants("import")) {
            addImport(rounds, new ImportLoad(options.importRows()), jdbc, requests.port());
        }
        return rounds;
    }

    /** The first import of a process is one that somebody waits for, so it is told beside the later ones. */
    private static void addImport(Rounds rounds, ImportLoad load, JdbcFloor jdbc, int port) {
        String floor = "COPY of the same rows";
        rounds.addCold(floor + ", cold", "/s", "", _ -> load.copiedPerSecond(jdbc));
        rounds.addCold("CSV import, rows, cold", "/s", floor + ", cold", _ -> load.importedPerSecond(port));
        rounds.add(floor, "/s", "", Figure.Mark.NONE, _ -> load.copiedPerSecond(jdbc));
        rounds.add("CSV import, rows", "/s", floor, Figure.Mark.NONE, _ -> load.importedPerSecond(port));
    }

    /** Median and 99th percentile come from the same stretch of load, so the second only looks at what the first saw. */
    private static void addLag(Rounds rounds, ProjectionLag lag) {
        Histogram[] seen = new Histogram[1];
        rounds.add("commit to visible at 500 writes/s, p50", "ms", "", Figure.Mark.NONE, stretch -> {
            seen[0] = lag.at(LAG_RATE, stretch);
            return seen[0].getValueAtPercentile(50) / 1_000.0;
        });
        rounds.add(
                "commit to visible at 500 writes/s, p99",
                "ms",
                "",
                Figure.Mark.figureAtMost(50),
                _ -> seen[0].getValueAtPercentile(99) / 1_000.0);
    }

    private static Rounds.Measure throughput(Workload.Factory workloads, int clients) {
        return stretch -> ClosedLoop.run(workloads, clients, stretch).perSecond();
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> {
                boolean _ = file.toFile().delete();
            });
        }
    }
}
