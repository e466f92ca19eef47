package dev.recount.command.bulk;

import dev.recount.command.issue.IssueCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Commands on different issues, carried out together or not at all in one append. */
public record IssueBatch(List<IssueCommand> commands) {

    public IssueBatch {
        commands = List.copyOf(commands);
        requireDifferentIssues(commands);
    }

    static void requireDifferentIssues(List<? extends IssueCommand> commands) {
        Set<Long> issues = new HashSet<>();
        for (IssueCommand command : commands) {
            if (!issues.add(command.issueId())) {
                throw new IllegalArgumentException("Issue " + command.issueId() + " appears twice in a batch");
            }
        }
    }
}
