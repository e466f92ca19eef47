package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The names of the stored counts: one for each combination of the list's filters. */
final class IssueScope {

    private static final String ALL = "all";

    private IssueScope() {}

    /** The scope of a list with these filters. */
    static String of(Optional<IssueStatus> status, OptionalLong assignee) {
        if (status.isEmpty()) {
            return assignee.isEmpty() ? ALL : assignedTo(assignee.getAsLong());
        }
        return assignee.isEmpty()
                ? inStatus(status.get())
                : inStatus(status.get()) + "," + assignedTo(assignee.getAsLong());
    }

    /** All scopes that an issue counts in. */
    static List<String> allOf(IssueState issue) {
        var ofEveryIssue = Stream.of(ALL, inStatus(issue.status()));
        var assignee = issue.assignee();
        return assignee == null
                ? ofEveryIssue.toList()
                : Stream.concat(
                                ofEveryIssue,
                                Stream.of(assignedTo(assignee), inStatus(issue.status()) + "," + assignedTo(assignee)))
                        .toList();
    }

    private static String inStatus(IssueStatus status) {
        return "status:" + status.wireName();
    }

    private static String assignedTo(long user) {
        return "assignee:" + user;
    }
}
