package dev.recount.command.issue.http;

import dev.recount.command.issue.IssueState;
import dev.recount.web.LogPositions;

/**
 * The entity tag in the response to a write: the issue's version and the identity of its log. It still matches after a
 * comment, because a comment conflicts with no edit. The tag of a read changes with everything that its page shows.
 */
public final class IssueTag {

    private IssueTag() {}

    public static String of(IssueState issue, LogPositions positions) {
        return positions.tag(Long.toString(issue.version()));
    }
}
