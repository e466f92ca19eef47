package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds events into a state. It never throws and never refuses. */
public final class IssueEvolution {

    private IssueEvolution() {}

    /** @param state null for an issue that does not exist, which only {@link IssueCreated} changes */
    public static @Nullable IssueState evolve(@Nullable IssueState state, IssueEvent event, Instant at) {
        if (event instanceof IssueCreated created) {
            return created(created, at);
        }
        return state == null ? null : changed(state, event, at);
    }

    private static IssueState created(IssueCreated event, Instant at) {
        return new IssueState(
                event.issueId(),
                event.title(),
                event.description(),
                event.status(),
                event.assignee(),
                event.version(),
                at,
                at,
                event.labels(),
                at,
                false);
    }

    private static IssueState changed(IssueState state, IssueEvent event, Instant at) {
        return switch (event) {
            case IssueCreated e -> created(e, at);
            case IssueRetitled e ->
                edited(state, e.to(), state.description(), state.status(), state.assignee(), e.version(), at);
            case IssueDescriptionChanged e ->
                edited(state, state.title(), e.description(), state.status(), state.assignee(), e.version(), at);
            case IssueStatusChanged e ->
                edited(state, state.title(), state.description(), e.to(), state.assignee(), e.version(), at);
            case IssueAssigned e ->
                edited(state, state.title(), state.description(), state.status(), e.to(), e.version(), at);
            case IssueTouched e ->
                edited(state, state.title(), state.description(), state.status(), state.assignee(), e.version(), at);
            case IssueLabelsReplaced e -> besides(state, e.labels(), at);
            case IssueCommented e -> besides(state, state.labels(), at);
            case IssueWithdrawn e -> withdrawn(state, e.version(), at);
        };
    }

    private static IssueState edited(
            IssueState state,
            String title,
            String description,
            IssueStatus status,
            @Nullable Long assignee,
            long version,
            Instant at) {
        return new IssueState(
                state.id(),
                title,
                description,
                status,
                assignee,
                version,
                state.createdAt(),
                at,
                state.labels(),
                at,
                state.withdrawn());
    }

    private static IssueState besides(IssueState state, List<Label> labels, Instant at) {
        return new IssueState(
                state.id(),
                state.title(),
                state.description(),
                state.status(),
                state.assignee(),
                state.version(),
                state.createdAt(),
                state.updatedAt(),
                labels,
                at,
                state.withdrawn());
    }

    private static IssueState withdrawn(IssueState state, long version, Instant at) {
        return new IssueState(
                state.id(),
                state.title(),
                state.description(),
                state.status(),
                state.assignee(),
                version,
                state.createdAt(),
                at,
                state.labels(),
                at,
                true);
    }
}
