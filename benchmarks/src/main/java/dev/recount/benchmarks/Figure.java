package dev.recount.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * A measured thing over several rounds beside its floor in the same rounds.
 *
 * @param mark what to reach
 */
record Figure(String name, String unit, List<Double> rounds, String floorName, List<Double> floorRounds, Mark mark) {

    /** What is asked of a figure: of its ratio, or of itself. */
    record Mark(Kind kind, double value) {

        enum Kind {
            NONE,
            RATIO_AT_LEAST,
            RATIO_AT_MOST,
            FIGURE_AT_LEAST,
            FIGURE_AT_MOST
        }

        static final Mark NONE = new Mark(Kind.NONE, 0);

        static Mark ratioAtLeast(double value) {
            return new Mark(Kind.RATIO_AT_LEAST, value);
        }

        static Mark ratioAtMost(double value) {
            return new Mark(Kind.RATIO_AT_MOST, value);
        }

        static Mark figureAtLeast(double value) {
            return new Mark(Kind.FIGURE_AT_LEAST, value);
        }

        static Mark figureAtMost(double value) {
            return new Mark(Kind.FIGURE_AT_MOST, value);
        }
    }

    double median() {
        return median(rounds);
    }

    /** The median of the rounds' ratios, NaN where there is no floor. */
    double ratio() {
        double[] ratios = new double[Math.min(rounds.size(), floorRounds.size())];
        Arrays.setAll(ratios, round -> rounds.get(round) / floorRounds.get(round));
        return ratios.length == 0
                ? Double.NaN
                : median(Arrays.stream(ratios).boxed().toList());
    }

    /** How far the rounds lie apart: (max - min) / median. */
    double spread() {
        double max = rounds.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        double min = rounds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        return (max - min) / median();
    }

    String verdict() {
        return switch (mark.kind()) {
            case NONE -> "";
            case RATIO_AT_LEAST -> (ratio() >= mark.value() ? "reached" : "missed") + " (≥ " + mark.value() + ")";
            case RATIO_AT_MOST -> (ratio() <= mark.value() ? "reached" : "missed") + " (≤ " + mark.value() + ")";
            case FIGURE_AT_LEAST -> (median() >= mark.value() ? "reached" : "missed") + " (≥ " + mark.value() + ")";
            case FIGURE_AT_MOST -> (median() <= mark.value() ? "reached" : "missed") + " (≤ " + mark.value() + ")";
        };
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
