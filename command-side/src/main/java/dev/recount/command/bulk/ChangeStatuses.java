package dev.recount.command.bulk;

import dev.recount.command.issue.IssueCommand.ChangeStatus;
import java.util.List;
import java.util.UUID;

/** A bulk change: new statuses for different issues, applied together or not at all, and recorded under its own id. */
public record ChangeStatuses(UUID bulkId, List<ChangeStatus> changes) {

    public ChangeStatuses {
        changes = List.copyOf(changes);
        IssueBatch.requireDifferentIssues(changes);
    }
}
