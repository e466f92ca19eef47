package dev.recount.standalone.cli;

import dev.recount.query.generations.VerificationReport;
import dev.recount.query.generations.VerificationReport.Difference;
import dev.recount.query.generations.VerificationReport.Events;
import dev.recount.query.generations.VerificationReport.Table;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The findings of a verification, for people: a line for each table, with the differing rows below it. */
final class ReportText {

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String of(VerificationReport report) {
        var made = new ReportText();
        var table = new TextTable("PROJECTION", "TABLE", "ROWS", "CHANGED", "MISSING", "EXTRA");
        report.tables()
                .forEach(compared -> table.row(
                        compared.projection(),
                        compared.table(),
                        compared.rows(),
                        compared.changed(),
                        compared.missing(),
                        compared.extra()));
        made.text.append(table).append('\n');
        report.tables().forEach(made::differences);
        made.text.append(report.isClean() ? "No differences." : "The tables differ from the log.");
        return made.text.toString();
    }

    private void differences(Table table) {
        table.differences().forEach(difference -> difference(table, difference));
        var more = table.changed()
                + table.missing()
                + table.extra()
                - table.differences().size();
        if (more > 0) {
            text.append(String.format(Locale.ROOT, "%n%s: %,d rows more%n", table.table(), more));
        }
        if (!table.differences().isEmpty()) {
            text.append('\n');
        }
    }

    private void difference(Table table, Difference difference) {
        var key = difference.key().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        var found = difference.found();
        var expected = difference.expected();
        text.append('\n').append(table.table()).append(", ").append(key).append(": ");
        if (found == null) {
            text.append("missing\n");
            line("expected", String.valueOf(expected));
        } else if (expected == null) {
            text.append("extra\n");
            line("found", found.toString());
        } else {
            text.append("changed\n");
            columns(found, expected);
        }
        line("events", describe(difference.events()));
    }

    /** Equal columns are left out. */
    private void columns(JsonNode found, JsonNode expected) {
        var names = new TreeSet<>(found.propertyNames());
        names.addAll(expected.propertyNames());
        for (var name : names) {
            if (!Objects.equals(found.get(name), expected.get(name))) {
                line(name, "found " + shown(found.get(name)) + ", expected " + shown(expected.get(name)));
            }
        }
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "nothing" : value.toString();
    }

    private void line(String name, String value) {
        text.append("    ").append(name).append(": ").append(value).append('\n');
    }

    private static String describe(Events events) {
        if (events.positions().isEmpty()) {
            return "none, " + events.origin();
        }
        var more = events.count() - events.positions().size();
        return events.origin() + ", "
                + (events.positions().size() == 1 ? "position " : "positions ")
                + events.positions().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (more > 0 ? String.format(Locale.ROOT, " and %,d before them", more) : "");
    }
}
