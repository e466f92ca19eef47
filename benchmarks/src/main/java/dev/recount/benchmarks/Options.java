package dev.recount.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long and what to measure: {@code --warmup=60 --stretch=5 --rounds=3 --only=http,lag}, times in seconds.
 *
 * @param only parts of the names of the groups to run, empty for all
 * @param importRows how long the file is in {@code import}
 */
record Options(Duration warmup, Duration stretch, int rounds, List<String> only, int importRows) {

    /** @throws IllegalArgumentException for an option that it does not know or a value that is no number */
    static Options parse(String... arguments) {
        Map<String, String> given = Arrays.stream(arguments)
                .filter(argument -> !argument.isBlank())
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
        List<String> unknown = given.keySet().stream()
                .filter(name -> !List.of("--warmup", "--stretch", "--rounds", "--only", "--import-rows")
                        .contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + unknown);
        }
        Function<String, Duration> seconds = value -> Duration.ofSeconds(Long.parseLong(value));
        return new Options(
                seconds.apply(given.getOrDefault("--warmup", "60")),
                seconds.apply(given.getOrDefault("--stretch", "5")),
                Integer.parseInt(given.getOrDefault("--rounds", "3")),
                given.containsKey("--only") ? List.of(given.get("--only").split(",")) : List.of(),
                Integer.parseInt(given.getOrDefault("--import-rows", "100000")));
    }

    boolean wants(String group) {
        return only.isEmpty() || only.contains(group);
    }
}
