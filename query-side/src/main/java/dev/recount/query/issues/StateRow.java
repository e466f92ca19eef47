package dev.recount.query.issues;

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
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.JsonText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state of an issue, as stored in {@code issue_state}. It lasts from the position of the event that led to it until
 * the next state.
 *
 * @param sequence sequence of that event
 * @param descriptionPosition the row of {@code issue_description}, null for an empty description
 * @param edited whether that event belongs to an edit, which increments the version; label changes do not
 * @param labels labels as JSON, by name
 * @param withdrawn whether the issue is withdrawn; no further state follows
 * @param statusBefore status of the previous state, null if there is none
 * @param priorityBefore priority of the previous state, {@code none} if there is none
 */
record StateRow(
        long issueId,
        long fromPosition,
        long sequence,
        String title,
        @Nullable Long descriptionPosition,
        IssueStatus status,
        @Nullable Long assignee,
        IssuePriority priority,
        long version,
        boolean edited,
        Instant createdAt,
        Instant updatedAt,
        JsonText labels,
        boolean withdrawn,
        @Nullable IssueStatus statusBefore,
        @Nullable Long assigneeBefore,
        IssuePriority priorityBefore) {

    /** Whether the event leads to a new state. Comments do not: they are stored separately from the states. */
    static boolean follows(IssueEvent event) {
        return switch (event) {
            case IssueCreated _,
                    IssueRetitled _,
                    IssueDescriptionChanged _,
                    IssueStatusChanged _,
                    IssueAssigned _,
                    IssuePrioritized _,
                    IssueTouched _,
                    IssueLabelsReplaced _,
                    IssueWithdrawn _ -> true;
            case IssueCommented _ -> false;
        };
    }

    /**
     * The state that an event leads to.
     *
     * @throws IllegalStateException if the issue was never created
     */
    static StateRow after(@Nullable StateRow before, IssueEvent event, LoggedEvent logged) {
        if (event instanceof IssueCreated created) {
            return of(created, logged);
        }
        if (before == null) {
            throw new IllegalStateException("issue %d has events but was never created".formatted(event.issueId()));
        }
        return before.after(event, logged);
    }

    private static StateRow of(IssueCreated created, LoggedEvent logged) {
        return new StateRow(
                created.issueId(),
                logged.position(),
                logged.sequence(),
                created.title(),
                positionOf(created.description(), logged),
                created.status(),
                created.assignee(),
                created.priority(),
                created.version(),
                true,
                logged.at(),
                logged.at(),
                LabelsJson.of(created.labels()),
                false,
                null,
                null,
                IssuePriority.NONE);
    }

    private StateRow after(IssueEvent event, LoggedEvent logged) {
        var edit = event.leadsTo() != null;
        return new StateRow(
                issueId,
                logged.position(),
                logged.sequence(),
                event instanceof IssueRetitled retitled ? retitled.to() : title,
                event instanceof IssueDescriptionChanged changed
                        ? positionOf(changed.description(), logged)
                        : descriptionPosition,
                event instanceof IssueStatusChanged changed ? changed.to() : status,
                event instanceof IssueAssigned assigned ? assigned.to() : assignee,
                event instanceof IssuePrioritized prioritized ? prioritized.to() : priority,
                Objects.requireNonNullElse(event.leadsTo(), version),
                edit,
                createdAt,
                edit ? logged.at() : updatedAt,
                event instanceof IssueLabelsReplaced replaced ? LabelsJson.of(replaced.labels()) : labels,
                event instanceof IssueWithdrawn,
                status,
                assignee,
                priority);
    }

    private static @Nullable Long positionOf(String description, LoggedEvent logged) {
        return description.isEmpty() ? null : logged.position();
    }
}
