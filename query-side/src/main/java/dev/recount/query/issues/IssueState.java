package dev.recount.query.issues;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of an issue's row that are needed to apply the next event; the event provides all others. */
record IssueState(
        long id, IssueStatus status, @Nullable Long assignee, IssuePriority priority, long version, long sequence) {

    static IssueState of(IssueCreated created, long sequence) {
        return new IssueState(
                created.issueId(),
                created.status(),
                created.assignee(),
                created.priority(),
                created.version(),
                sequence);
    }

    IssueState after(IssueEvent event, long newSequence) {
        return new IssueState(
                id,
                event instanceof IssueStatusChanged changed ? changed.to() : status,
                event instanceof IssueAssigned assigned ? assigned.to() : assignee,
                event instanceof IssuePrioritized prioritized ? prioritized.to() : priority,
                Objects.requireNonNullElse(event.leadsTo(), version),
                newSequence);
    }
}
