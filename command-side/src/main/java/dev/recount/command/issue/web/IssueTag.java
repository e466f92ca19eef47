package dev.recount.command.issue.web;

import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueState;
import dev.recount.web.LogPositions;

/** The entity tag of an issue, the same that a read of it gives: it changes with everything that its page shows. */
final class IssueTag {

    private IssueTag() {}

    static String of(Done done, LogPositions positions) {
        return of(done.state(), done.sequence(), positions);
    }

    /** @param sequence of the issue's newest event */
    static String of(IssueState issue, long sequence, LogPositions positions) {
        return positions.tag(issue.version() + "." + sequence);
    }
}
