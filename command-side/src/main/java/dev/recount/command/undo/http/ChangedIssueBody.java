package dev.recount.command.undo.http;

import dev.recount.command.issue.http.PastEventBody;
import java.util.List;

/** An issue that conflicts with an undo, and the conflicting events. */
record ChangedIssueBody(long id, List<PastEventBody> events) {

    static List<ChangedIssueBody> of(UndoConflicts issues) {
        return issues.told().entrySet().stream()
                .map(issue -> new ChangedIssueBody(issue.getKey(), PastEventBody.of(issue.getValue())))
                .toList();
    }
}
