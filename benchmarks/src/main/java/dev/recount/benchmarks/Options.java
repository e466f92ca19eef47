package dev.recount.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The durations and groups of a run: {@code --warmup=60 --stretch=5 --rounds=3 --only=writes,lag}, times in seconds.
 *
 * @param only the names of the groups to run; empty for all with a target in docs/performance.md
 * @param events the size of the history for {@code rebuild}, {@code rebuild-reads} and {@code audit}
 * @param issues the number of issues in {@code growth}, compared with {@code fewIssues}
 * @param importRows the length of the file in {@code import}
 * @param jar the packaged Recount that {@code process} starts
 */
record Options(
        Duration warmup,
        Duration stretch,
        int rounds,
        List<String> only,
        long events,
        long issues,
        long fewIssues,
        int importRows,
        Path jar) {

    private static final Set<String> KNOWN = Set.of(
            "--warmup",
            "--stretch",
            "--rounds",
            "--only",
            "--events",
            "--issues",
            "--few-issues",
            "--import-rows",
            "--jar");

    private static final List<String> USUAL =
            List.of("writes", "lag", "import", "reads", "process", "disk", "growth", "long-issue", "nodes");

    /** Groups with special requirements for the machine, such as a heap of a certain size. */
    private static final List<String> ONLY_IF_NAMED = List.of("rebuild", "rebuild-reads", "audit");

    /** @throws IllegalArgumentException for an unknown option or group, or for a value that is no number */
    static Options parse(String... arguments) {
        Map<String, String> given = Arrays.stream(arguments)
                .filter(argument -> !argument.isBlank())
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
        refuseUnknown(
                given.keySet().stream().filter(name -> !KNOWN.contains(name)).toList());
        List<String> only =
                given.containsKey("--only") ? List.of(given.get("--only").split(",")) : List.of();
        refuseUnknown(only.stream()
                .filter(group -> !USUAL.contains(group) && !ONLY_IF_NAMED.contains(group))
                .toList());
        return new Options(
                Duration.ofSeconds(number(given, "--warmup", 60)),
                Duration.ofSeconds(number(given, "--stretch", 5)),
                Math.toIntExact(number(given, "--rounds", 3)),
                only,
                number(given, "--events", 1_000_000),
                number(given, "--issues", 1_000_000),
                number(given, "--few-issues", 10_000),
                Math.toIntExact(number(given, "--import-rows", 100_000)),
                Path.of(given.getOrDefault("--jar", "../standalone/target/recount.jar")));
    }

    private static void refuseUnknown(List<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + unknown);
        }
    }

    private static long number(Map<String, String> given, String name, long otherwise) {
        String value = given.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    boolean wants(String group) {
        return only.contains(group) || (only.isEmpty() && USUAL.contains(group));
    }
}
