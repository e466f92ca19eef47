package dev.recount.benchmarks;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A measurement over several rounds, with its floor in the same rounds.
 *
 * @param mark the target
 */
record Figure(String name, String unit, List<Double> rounds, String floorName, List<Double> floorRounds, Mark mark) {

    /**
     * The target for a figure's ratio or for the figure itself.
     *
     * @param reach the value that is required
     * @param aim the value that is desired, NaN if there is none beyond {@code reach}
     */
    record Mark(Kind kind, double reach, double aim) {

        enum Kind {
            NONE,
            RATIO_AT_LEAST,
            RATIO_AT_MOST,
            FIGURE_AT_LEAST,
            FIGURE_AT_MOST;

            boolean isOfRatio() {
                return this == RATIO_AT_LEAST || this == RATIO_AT_MOST;
            }

            private boolean isLeast() {
                return this == RATIO_AT_LEAST || this == FIGURE_AT_LEAST;
            }
        }

        static final Mark NONE = new Mark(Kind.NONE, Double.NaN, Double.NaN);

        static Mark ratioAtLeast(double reach, double aim) {
            return new Mark(Kind.RATIO_AT_LEAST, reach, aim);
        }

        static Mark ratioAtMost(double reach, double aim) {
            return new Mark(Kind.RATIO_AT_MOST, reach, aim);
        }

        static Mark figureAtLeast(double reach, double aim) {
            return new Mark(Kind.FIGURE_AT_LEAST, reach, aim);
        }

        static Mark figureAtMost(double reach, double aim) {
            return new Mark(Kind.FIGURE_AT_MOST, reach, aim);
        }

        private boolean holds(double value, double wanted) {
            return kind.isLeast() ? value >= wanted : value <= wanted;
        }

        private String verdictOn(double value) {
            if (!holds(value, reach)) {
                return "missed";
            }
            return !Double.isNaN(aim) && holds(value, aim) ? "aim reached" : "reached";
        }

        /** As in a table of targets: {@code ≥ 0.5 → 1}. */
        String text() {
            return kind == Kind.NONE
                    ? ""
                    : (kind.isLeast() ? "≥ " : "≤ ") + plain(reach) + (Double.isNaN(aim) ? "" : " → " + plain(aim));
        }

        private static String plain(double value) {
            return new DecimalFormat("#.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
        }
    }

    double median() {
        return median(rounds);
    }

    /** The median of the rounds' ratios, NaN without a floor. */
    double ratio() {
        double[] ratios = new double[Math.min(rounds.size(), floorRounds.size())];
        Arrays.setAll(ratios, round -> rounds.get(round) / floorRounds.get(round));
        return ratios.length == 0
                ? Double.NaN
                : median(Arrays.stream(ratios).boxed().toList());
    }

    /** The relative spread of the rounds: (max - min) / median. */
    double spread() {
        double max = rounds.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        double min = rounds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        return (max - min) / median();
    }

    /** {@code missed}, {@code reached} or {@code aim reached}; empty without a target. */
    String verdict() {
        return mark.kind() == Mark.Kind.NONE ? "" : mark.verdictOn(mark.kind().isOfRatio() ? ratio() : median());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
