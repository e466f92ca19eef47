package dev.recount.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints figures as a table for people and as JSON lines for programs. */
record ResultTable(List<Figure> figures) {

    void printTable(PrintStream out) {
        String row = "| %-58s | %11s | %-6s | %6s | %-44s | %6s | %-11s | %-11s |%n";
        out.printf(row, "what", "median", "unit", "spread", "floor", "ratio", "target", "");
        out.printf(row.replace(' ', '-'), "", "", "", "", "", "", "", "");
        for (Figure figure : figures) {
            out.printf(
                    row,
                    figure.name(),
                    figure.median() < 100 ? number("%,.2f", figure.median()) : number("%,.0f", figure.median()),
                    figure.unit(),
                    number("%.0f %%", 100 * figure.spread()),
                    figure.floorName(),
                    number("%.2f", figure.ratio()),
                    figure.mark().text(),
                    figure.verdict());
        }
    }

    /** Only the figures with a target, as Markdown. */
    void printTargets(PrintStream out) {
        out.println("| what | target | measured | spread | |");
        out.println("|---|---|---|---|---|");
        for (Figure figure : figures) {
            if (figure.mark().kind() != Figure.Mark.Kind.NONE) {
                boolean ofFloor = figure.mark().kind().isOfRatio();
                String measured = number("%,.4g ", figure.median()) + figure.unit();
                out.printf(
                        "| %s | %s%s | %s | %s | %s |%n",
                        figure.name(),
                        figure.mark().text(),
                        ofFloor ? " of " + figure.floorName() : " " + figure.unit(),
                        ofFloor ? number("%.2f", figure.ratio()) + " (" + measured + ")" : measured,
                        number("%.0f %%", 100 * figure.spread()),
                        figure.verdict());
            }
        }
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    void printJsonLines(PrintStream out) {
        for (Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "{\"name\":\"%s\",\"unit\":\"%s\",\"median\":%.3f,\"rounds\":%s,\"floor\":\"%s\",\"ratio\":%s,"
                            + "\"target\":\"%s\",\"verdict\":\"%s\"}%n",
                    figure.name(),
                    figure.unit(),
                    figure.median(),
                    figure.rounds().stream()
                            .map(round -> String.format(Locale.ROOT, "%.3f", round))
                            .toList(),
                    figure.floorName(),
                    Double.isNaN(figure.ratio()) ? "null" : String.format(Locale.ROOT, "%.4f", figure.ratio()),
                    figure.mark().text(),
                    figure.verdict());
        }
    }
}
