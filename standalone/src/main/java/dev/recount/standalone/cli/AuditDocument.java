package dev.recount.standalone.cli;

import dev.recount.verifier.Finding;
import dev.recount.verifier.Report;
import dev.recount.verifier.Stretch;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification of the log, for programs.
 *
 * @param firstBadPosition null if it is one of several, which {@code firstBad} gives
 * @param keysGiven whether signatures were checked with keys from the command line, not with those that came with the
 *     log
 */
record AuditDocument(
        boolean intact,
        String source,
        String origin,
        long events,
        @Nullable String rootHash,
        long intactUpTo,
        @Nullable Long firstBadPosition,
        @Nullable Stretch firstBad,
        @Nullable Long rewrittenPosition,
        boolean keysGiven,
        List<Found> findings,
        long findingsTotal,
        List<Compared> roots) {

    private record Found(
            String fault, @Nullable Long from, @Nullable Long to, String message) {

        static Found of(Finding finding) {
            var at = finding.at();
            return new Found(
                    finding.fault().name().toLowerCase(Locale.ROOT),
                    at == null ? null : at.from(),
                    at == null ? null : at.to(),
                    finding.message());
        }
    }

    private record Compared(
            String name,
            long size,
            String rootHash,
            boolean signed,
            @Nullable Boolean byEvents,
            @Nullable Boolean byRecordedHashes) {

        static Compared of(Report.Witnessed witnessed) {
            var witness = witnessed.witness();
            return new Compared(
                    witness.name(),
                    witness.size(),
                    witness.root().toString(),
                    witness.signed(),
                    witnessed.byEvents(),
                    witnessed.byRecordedHashes());
        }
    }

    static AuditDocument of(Report report, boolean keysGiven) {
        var firstBad = report.firstBad();
        var root = report.root();
        return new AuditDocument(
                report.isIntact(),
                report.source(),
                report.origin(),
                report.events(),
                root == null ? null : root.toString(),
                report.intactUpTo(),
                firstBad != null && firstBad.from() == firstBad.to() ? (Long) firstBad.from() : null,
                firstBad,
                report.rewritten(),
                keysGiven,
                report.findings().stream().map(Found::of).toList(),
                report.findingsTotal(),
                report.witnesses().stream().map(Compared::of).toList());
    }
}
