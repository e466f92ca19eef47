package dev.recount.command.imports;

import dev.recount.web.Problem;
import dev.recount.web.ProblemType;
import dev.recount.web.ThrownProblems;

/** Tells a client whose import ended early how far it came, so that it can send the rest and nothing twice. */
final class InterruptedImport {

    private InterruptedImport() {}

    static Problem problem(ImportInterruptedException interrupted) {
        ImportProgress progress = interrupted.progress();
        Problem problem = cause(interrupted)
                .with("import_id", progress.importId())
                .with("total_rows_read", progress.rows())
                .with("created", progress.created())
                .with("last_row", progress.settled());
        return interrupted.isInDoubt() ? problem.with("unconfirmed_until_row", progress.sent()) : problem;
    }

    private static Problem cause(ImportInterruptedException interrupted) {
        return interrupted.getCause() instanceof ImportStoppedException
                ? ProblemType.IMPORT_STOPPED.problem("Somebody undid the import before its file came to an end.")
                : ThrownProblems.of(interrupted);
    }
}
