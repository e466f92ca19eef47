package dev.recount.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs all measurements once per round, in sequence. So a measurement and its floor are taken within the same minute.
 * The machine's speed drifts, but the ratio of neighbouring measurements does not.
 */
final class Rounds {

    /** A measurement of each round. */
    record Measurement(String name, String unit, Figure.Mark mark, String floor, Measure measure) {}

    /** Measures for the given time. */
    @FunctionalInterface
    interface Measure {

        double run(Duration stretch) throws Exception;
    }

    /** Runs before each measurement, so that work left by the previous one does not affect it. */
    @FunctionalInterface
    interface Settle {

        void run() throws Exception;
    }

    private final List<Measurement> cold = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final Settle settle;
    private final String name;

    /** @param name of the group, for the figure that shows how quiet the machine was */
    Rounds(String name, Settle settle) {
        this.name = name;
        this.settle = settle;
    }

    /** Adds a measurement. {@code floor} names an earlier one, or is empty. */
    void add(String name, String unit, String floor, Figure.Mark mark, Measure measure) {
        measurements.add(new Measurement(name, unit, mark, floor, measure));
    }

    /** Adds a measurement that is made once, before the warm-up. */
    void addCold(String name, String unit, String floor, Measure measure) {
        cold.add(new Measurement(name, unit, Figure.Mark.NONE, floor, measure));
    }

    List<Figure> run(Options options) throws Exception {
        Map<String, List<Double>> results = new LinkedHashMap<>();
        measure(cold, options.stretch(), results);
        System.err.printf("%s: warming up, %d s%n", name, options.warmup().toSeconds());
        Duration share = options.warmup().dividedBy(measurements.size());
        for (Measurement measurement : measurements) {
            settle.run();
            measurement.measure().run(share);
        }
        for (int round = 1; round <= options.rounds(); round++) {
            settle.run();
            double foreign = ForeignLoad.measure();
            System.err.printf("%s: round %d of %d, load of others %.2f%n", name, round, options.rounds(), foreign);
            results.computeIfAbsent(foreignLoad(), _ -> new ArrayList<>()).add(foreign);
            measure(measurements, options.stretch(), results);
        }
        Measurement quiet = new Measurement(foreignLoad(), "cpus", Figure.Mark.NONE, "", _ -> Double.NaN);
        return Stream.of(cold.stream(), measurements.stream(), Stream.of(quiet))
                .flatMap(Function.identity())
                .map(measurement -> new Figure(
                        measurement.name(),
                        measurement.unit(),
                        results.getOrDefault(measurement.name(), List.of()),
                        measurement.floor(),
                        results.getOrDefault(measurement.floor(), List.of()),
                        measurement.mark()))
                .toList();
    }

    private String foreignLoad() {
        return name + ": load of others at rest";
    }

    private void measure(List<Measurement> once, Duration stretch, Map<String, List<Double>> results) throws Exception {
        for (Measurement measurement : once) {
            settle.run();
            results.computeIfAbsent(measurement.name(), _ -> new ArrayList<>())
                    .add(measurement.measure().run(stretch));
        }
    }
}
