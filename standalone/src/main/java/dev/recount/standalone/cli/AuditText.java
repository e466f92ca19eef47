package dev.recount.standalone.cli;

import dev.recount.verifier.Finding;
import dev.recount.verifier.Report;
import dev.recount.verifier.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a verification of the log, for people. */
final class AuditText {

    private AuditText() {}

    static String of(Report report, boolean keysGiven) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d events of %s in %s.",
                report.isIntact() ? "Intact" : "NOT INTACT",
                report.events(),
                report.origin(),
                report.source()));
        var root = report.root();
        if (root != null) {
            lines.add("They lead to the root " + root + ".");
        }
        firstBad(report, lines);
        proof(report, keysGiven, lines);
        report.findings().stream().map(Finding::message).forEach(lines::add);
        if (report.findingsTotal() > report.findings().size()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "And %,d more.",
                    report.findingsTotal() - report.findings().size()));
        }
        return String.join("\n", lines);
    }

    private static void firstBad(Report report, List<String> lines) {
        var firstBad = report.firstBad();
        if (firstBad == null) {
            return;
        }
        lines.add(
                firstBad.from() == firstBad.to()
                        ? "First bad position: " + firstBad.from() + "."
                        : "First bad position: one of " + firstBad + ".");
        if (report.rewritten() != null) {
            lines.add("The row of position " + report.rewritten() + " was written later than one behind it.");
        }
    }

    private static void proof(Report report, boolean keysGiven, List<String> lines) {
        if (report.witnesses().stream().map(Report.Witnessed::witness).noneMatch(Witness::signed)) {
            lines.add("There is no signed checkpoint to compare with: any writer of the log could have made this.");
            return;
        }
        lines.add(
                report.intactUpTo() == 0
                        ? "No signed checkpoint proves anything of it."
                        : String.format(
                                Locale.ROOT,
                                "Up to position %,d a signed checkpoint proves that nothing was altered.",
                                report.intactUpTo()));
        if (!keysGiven) {
            lines.add("Its key came with the log. Give one with --key that you have from elsewhere.");
        }
    }
}
