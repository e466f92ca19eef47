package dev.recount.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long and what to measure: {@code --warmup=60 --stretch=5 --rounds=3 --only=http,lag}, times in seconds.
 *
 * @param only the names of the groups to run, empty for all of those that need no large database
 * @param events how many the history has on which {@code rebuild}, {@code rebuild-reads} and {@code audit} work
 * @param issues how long the list is in {@code counts}, in comparison with {@code fewIssues}
 * @param importRows how long the file is in {@code import}
 */
record Options(
        Duration warmup,
        Duration stretch,
        int rounds,
        List<String> only,
        long events,
        long issues,
        long fewIssues,
        int importRows) {

    private static final Set<String> KNOWN = Set.of(
            "--warmup", "--stretch", "--rounds", "--only", "--events", "--issues", "--few-issues", "--import-rows");

    /** Against a Recount that begins empty. */
    private static final List<String> ON_AN_EMPTY_DATABASE = List.of("commands", "http", "reads", "lag", "import");

    /** Each fills a database of its own, which takes minutes; so they run where they are asked for. */
    private static final List<String> ON_A_FILLED_DATABASE = List.of("rebuild", "rebuild-reads", "counts", "audit");

    /** @throws IllegalArgumentException for an option or a group that it does not know or a value that is no number */
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
                .filter(group -> !ON_AN_EMPTY_DATABASE.contains(group) && !ON_A_FILLED_DATABASE.contains(group))
                .toList());
        return new Options(
                Duration.ofSeconds(number(given, "--warmup", 60)),
                Duration.ofSeconds(number(given, "--stretch", 5)),
                Math.toIntExact(number(given, "--rounds", 3)),
                only,
                number(given, "--events", 1_000_000),
                number(given, "--issues", 1_000_000),
                number(given, "--few-issues", 10_000),
                Math.toIntExact(number(given, "--import-rows", 100_000)));
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
        return only.contains(group) || (only.isEmpty() && ON_AN_EMPTY_DATABASE.contains(group));
    }

    /** True for any of the groups that run against a Recount which begins empty. */
    boolean wantsEmptyDatabase() {
        return ON_AN_EMPTY_DATABASE.stream().anyMatch(this::wants);
    }
}
