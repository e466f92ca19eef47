package dev.recount.command.issue.web;

import dev.recount.command.issue.undo.Objections;
import java.util.List;

/** An issue that stands against an undo, and what was done with it. */
record ChangedIssueBody(long id, List<PastEventBody> events) {

    static List<ChangedIssueBody> of(Objections issues) {
        return issues.told().entrySet().stream()
                .map(issue -> new ChangedIssueBody(issue.getKey(), PastEventBody.of(issue.getValue())))
                .toList();
    }
}
