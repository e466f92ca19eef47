package dev.recount.query.issues;

import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import org.springframework.stereotype.Component;

/** Reports why an issue has no rows: it was never created, or it was withdrawn. */
@Component
public final class MissingIssue {

    private final EventLog log;

    MissingIssue(EventLog log) {
        this.log = log;
    }

    /** A problem with status 404 in either case. */
    public ProblemException problem(long issueId) {
        var withdrawn = log.lastEvent(StreamName.issue(issueId))
                .filter(IssueWithdrawn.class::isInstance)
                .isPresent();
        var problem = withdrawn
                ? ProblemType.ISSUE_WITHDRAWN.problem(
                        "Issue %d was withdrawn; its history can still be read.".formatted(issueId))
                : ProblemType.UNKNOWN_ISSUE.problem("There is no issue %d.".formatted(issueId));
        return problem.exception();
    }
}
