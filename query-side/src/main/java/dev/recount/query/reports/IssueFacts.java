package dev.recount.query.reports;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.query.projection.IssueRow;
import dev.recount.query.projection.LoggedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an issue that reports need to count its next change.
 *
 * @param statusSince when it entered its status
 * @param labels their names, sorted
 * @param startedAt when it first entered {@code in_progress} since its creation or last reopening; null if it did not
 * @param resolvedAt when it last became resolved or closed from another status; null while it is neither
 * @param sequence sequence of the newest event that is included
 */
record IssueFacts(
        long issueId,
        Instant createdAt,
        IssueStatus status,
        Instant statusSince,
        @Nullable Long assignee,
        IssuePriority priority,
        List<String> labels,
        @Nullable Instant startedAt,
        @Nullable Instant resolvedAt,
        long sequence)
        implements IssueRow {

    /** Whether the event changes these facts; comments and texts do not. */
    static boolean areChangedBy(IssueEvent event) {
        return switch (event) {
            case IssueCreated _, IssueStatusChanged _, IssueAssigned _, IssuePrioritized _, IssueLabelsReplaced _ ->
                true;
            case IssueRetitled _, IssueDescriptionChanged _, IssueTouched _, IssueCommented _, IssueWithdrawn _ ->
                false;
        };
    }

    static IssueFacts after(IssueFacts before, IssueEvent event, LoggedEvent logged) {
        return switch (event) {
            case IssueStatusChanged changed -> before.withStatus(changed.to(), logged);
            case IssueAssigned assigned -> before.with(assigned.to(), before.priority, before.labels, logged);
            case IssuePrioritized prioritized -> before.with(before.assignee, prioritized.to(), before.labels, logged);
            case IssueLabelsReplaced replaced ->
                before.with(before.assignee, before.priority, names(replaced.labels()), logged);
            case IssueCreated _ ->
                throw new IllegalStateException(
                        "issue %d is created again at position %d".formatted(event.issueId(), logged.position()));
            case IssueRetitled _, IssueDescriptionChanged _, IssueTouched _, IssueCommented _, IssueWithdrawn _ ->
                before;
        };
    }

    static IssueFacts of(IssueCreated created, LoggedEvent logged) {
        var at = logged.at();
        return new IssueFacts(
                created.issueId(),
                at,
                created.status(),
                at,
                created.assignee(),
                created.priority(),
                names(created.labels()),
                created.status() == IssueStatus.IN_PROGRESS ? at : null,
                created.status().isDone() ? at : null,
                logged.sequence());
    }

    private IssueFacts with(
            @Nullable Long newAssignee, IssuePriority newPriority, List<String> newLabels, LoggedEvent logged) {
        return new IssueFacts(
                issueId,
                createdAt,
                status,
                statusSince,
                newAssignee,
                newPriority,
                newLabels,
                startedAt,
                resolvedAt,
                logged.sequence());
    }

    private IssueFacts withStatus(IssueStatus to, LoggedEvent logged) {
        var at = logged.at();
        var started = isDone() && !to.isDone() ? null : startedAt;
        return new IssueFacts(
                issueId,
                createdAt,
                to,
                to == status ? statusSince : at,
                assignee,
                priority,
                labels,
                started == null && to == IssueStatus.IN_PROGRESS ? at : started,
                to.isDone() ? (isDone() ? resolvedAt : at) : null,
                logged.sequence());
    }

    private static List<String> names(List<Label> labels) {
        return labels.stream().map(Label::name).distinct().sorted().toList();
    }

    boolean isDone() {
        return status.isDone();
    }
}
