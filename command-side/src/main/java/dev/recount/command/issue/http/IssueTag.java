package dev.recount.command.issue.http;

import dev.recount.command.issue.IssueState;
import dev.recount.web.LogPositions;

/**
 * The entity tag that a write gives of an issue: its version, and the log that it is a version in. It holds also after a
 * comment, which conflicts with no edit; the tag that a read gives changes with everything that its page shows.
 */
public final class IssueTag {

    private IssueTag() {}

    public static String of(IssueState issue, LogPositions positions) {
        return positions.tag(Long.toString(issue.version()));
    }
}
