package dev.recount.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs groups of measurements, each on its own database, and prints the results as a table and as JSON lines.
 *
 * <p>Server, load generator and database share the machine. So do the floors, which are measured in the same rounds.
 */
public final class Benchmarks {

    private Benchmarks() {}

    /** Measurements that belong together. */
    @FunctionalInterface
    private interface Group {

        /** @param directory for the group's data; deleted afterwards */
        List<Figure> run(Path directory, Options options) throws Exception;
    }

    private static Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("writes", WritesGroup::run);
        groups.put("lag", LagGroup::run);
        groups.put("import", ImportGroup::run);
        groups.put("reads", ReadsGroup::run);
        groups.put("process", ProcessGroup::run);
        groups.put("disk", DiskGroup::run);
        groups.put("growth", GrowthGroup::run);
        groups.put("long-issue", LongIssueGroup::run);
        groups.put("nodes", NodesGroup::run);
        groups.put("rebuild", RebuildGroup::run);
        groups.put("rebuild-reads", RebuildReadsGroup::run);
        groups.put("audit", AuditGroup::run);
        return groups;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Path directory = Files.createTempDirectory("recount-benchmark");
        System.err.println("load before the start: " + load());
        List<Figure> figures = new ArrayList<>();
        try {
            for (Map.Entry<String, Group> group : groups().entrySet()) {
                if (options.wants(group.getKey())) {
                    Path own = directory.resolve(group.getKey());
                    figures.addAll(group.getValue().run(own, options));
                    deleteAll(own);
                }
            }
        } finally {
            deleteAll(directory);
        }
        print(new ResultTable(figures), options);
    }

    private static void print(ResultTable table, Options options) throws IOException {
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
        table.printTargets(System.out);
        System.out.println();
        table.printJsonLines(System.out);
        Path results = Path.of("target", "benchmarks.jsonl").toAbsolutePath();
        Files.createDirectories(results.getParent());
        try (PrintStream file = new PrintStream(results.toFile(), StandardCharsets.UTF_8)) {
            table.printJsonLines(file);
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> {
                    boolean _ = file.toFile().delete();
                });
            }
        }
    }
}
