package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import org.jspecify.annotations.Nullable;

/** The fields of an issue's row that are needed to apply the next event; the event provides all others. */
record IssueState(IssueStatus status, @Nullable Long assignee, long version, long sequence) {

    IssueState withStatus(IssueStatus newStatus) {
        return new IssueState(newStatus, assignee, version, sequence);
    }

    IssueState withAssignee(@Nullable Long newAssignee) {
        return new IssueState(status, newAssignee, version, sequence);
    }

    IssueState withVersion(long newVersion) {
        return new IssueState(status, assignee, newVersion, sequence);
    }

    IssueState withSequence(long newSequence) {
        return new IssueState(status, assignee, version, newSequence);
    }
}
