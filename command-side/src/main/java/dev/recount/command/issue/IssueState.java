package dev.recount.command.issue;

import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an issue, folded from its events: what decisions need and what the response to an edit shows.
 *
 * <p>{@code lastEventAt} also counts comments and labels, which {@code updatedAt} does not. A {@code withdrawn} issue
 * keeps its last fields, but nothing more happens to it.
 */
public record IssueState(
        long id,
        String title,
        String description,
        IssueStatus status,
        @Nullable Long assignee,
        IssuePriority priority,
        long version,
        Instant createdAt,
        Instant updatedAt,
        List<Label> labels,
        Instant lastEventAt,
        boolean withdrawn) {

    public IssueState {
        labels = List.copyOf(labels);
    }

    /** The state of a new issue. */
    static IssueState of(IssueCreated created, Instant at) {
        return new IssueState(
                created.issueId(),
                created.title(),
                created.description(),
                created.status(),
                created.assignee(),
                created.priority(),
                created.version(),
                at,
                at,
                created.labels(),
                at,
                false);
    }

    /** The state after an edit, before its field is set. */
    IssueState edited(long newVersion, Instant at) {
        return new IssueState(
                id, title, description, status, assignee, priority, newVersion, createdAt, at, labels, at, withdrawn);
    }

    /** The state after an event that is no edit. */
    IssueState touched(Instant at) {
        return new IssueState(
                id,
                title,
                description,
                status,
                assignee,
                priority,
                version,
                createdAt,
                updatedAt,
                labels,
                at,
                withdrawn);
    }

    IssueState withTitle(String newTitle) {
        return with(newTitle, description, status, assignee, priority, labels, withdrawn);
    }

    IssueState withDescription(String newDescription) {
        return with(title, newDescription, status, assignee, priority, labels, withdrawn);
    }

    IssueState withStatus(IssueStatus newStatus) {
        return with(title, description, newStatus, assignee, priority, labels, withdrawn);
    }

    IssueState withAssignee(@Nullable Long newAssignee) {
        return with(title, description, status, newAssignee, priority, labels, withdrawn);
    }

    IssueState withPriority(IssuePriority newPriority) {
        return with(title, description, status, assignee, newPriority, labels, withdrawn);
    }

    IssueState withLabels(List<Label> newLabels) {
        return with(title, description, status, assignee, priority, newLabels, withdrawn);
    }

    IssueState withdraw() {
        return with(title, description, status, assignee, priority, labels, true);
    }

    private IssueState with(
            String newTitle,
            String newDescription,
            IssueStatus newStatus,
            @Nullable Long newAssignee,
            IssuePriority newPriority,
            List<Label> newLabels,
            boolean isWithdrawn) {
        return new IssueState(
                id,
                newTitle,
                newDescription,
                newStatus,
                newAssignee,
                newPriority,
                version,
                createdAt,
                updatedAt,
                newLabels,
                lastEventAt,
                isWithdrawn);
    }
}
