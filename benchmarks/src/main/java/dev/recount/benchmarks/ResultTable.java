package dev.recount.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints figures for people as a table and for programs as JSON lines. */
record ResultTable(List<Figure> figures) {

    void printTable(PrintStream out) {
        String row = "| %-42s | %10s | %-5s | %6s | %-34s | %6s | %-18s |%n";
        out.printf(row, "what", "median", "unit", "spread", "floor", "ratio", "mark");
        out.printf(row.replace(' ', '-'), "", "", "", "", "", "", "");
        for (Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    row,
                    figure.name(),
                    String.format(Locale.ROOT, "%,.1f", figure.median()),
                    figure.unit(),
                    String.format(Locale.ROOT, "%.0f %%", 100 * figure.spread()),
                    figure.floorName(),
                    Double.isNaN(figure.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio()),
                    figure.verdict());
        }
    }

    void printJsonLines(PrintStream out) {
        for (Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "{\"name\":\"%s\",\"unit\":\"%s\",\"median\":%.3f,\"rounds\":%s,\"floor\":\"%s\",\"ratio\":%s}%n",
                    figure.name(),
                    figure.unit(),
                    figure.median(),
                    figure.rounds().stream()
                            .map(round -> String.format(Locale.ROOT, "%.3f", round))
                            .toList(),
                    figure.floorName(),
                    Double.isNaN(figure.ratio()) ? "null" : String.format(Locale.ROOT, "%.4f", figure.ratio()));
        }
    }
}
