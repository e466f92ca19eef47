package dev.recount.command.imports;

import dev.recount.web.Problem;
import dev.recount.web.ProblemType;
import dev.recount.web.ThrownProblems;

/** Reports how far an interrupted import got, so that the client can send the rest without sending anything twice. */
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
                ? ProblemType.IMPORT_STOPPED.problem("The import was undone before the end of its file.")
                : ThrownProblems.of(interrupted);
    }
}
