package dev.recount.command.undo.http;

import dev.recount.web.Problem;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Converts the conflicts of an undo to problems. */
final class UndoRejectionProblems {

    private UndoRejectionProblems() {}

    /** @param happened what was done with the issues since */
    static ProblemException changedSince(UndoConflicts issues, String happened) {
        return ProblemType.CHANGED_SINCE
                .problem(issues.issues().size() + " of the issues " + happened
                        + "; nothing was undone. With \"merge\": true these stay, and the rest is undone.")
                .with("conflict_count", issues.issues().size())
                .with("conflicts", ChangedIssueBody.of(issues))
                .exception();
    }

    static ProblemException alreadyUndone(Instant at, @Nullable Long actor) {
        Problem problem = ProblemType.ALREADY_UNDONE
                .problem("It was undone before; nothing was changed now.")
                .with("undone_at", at);
        return (actor == null ? problem : problem.with("undone_by", actor)).exception();
    }
}
