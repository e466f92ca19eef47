package dev.recount.query.issues;

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
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next state of an issue while an event is applied: a field that is not set keeps its value. */
final class FoldedState {

    private final @Nullable StateRow before;
    private final LoggedEvent logged;
    private String title;
    private @Nullable Long descriptionPosition;
    private IssueStatus status;
    private @Nullable Long assignee;
    private long version;
    private boolean edited;
    private Instant updatedAt;
    private JsonText labels;

    private FoldedState(StateRow before, LoggedEvent logged) {
        this.before = before;
        this.logged = logged;
        this.title = before.title();
        this.descriptionPosition = before.descriptionPosition();
        this.status = before.status();
        this.assignee = before.assignee();
        this.version = before.version();
        this.updatedAt = before.updatedAt();
        this.labels = before.labels();
    }

    private FoldedState(IssueCreated created, LoggedEvent logged) {
        this.before = null;
        this.logged = logged;
        this.title = created.title();
        this.descriptionPosition = positionOf(created.description());
        this.status = created.status();
        this.assignee = created.assignee();
        this.version = created.version();
        this.edited = true;
        this.updatedAt = logged.at();
        this.labels = LabelsJson.of(created.labels());
    }

    /** Whether the event leads to a new state. Comments do not: they are stored separately from the states. */
    static boolean follows(IssueEvent event) {
        return !(event instanceof IssueCommented);
    }

    /**
     * The state that the event leads to.
     *
     * @throws IllegalStateException if the issue was never created
     */
    static StateRow after(@Nullable StateRow before, IssueEvent event, LoggedEvent logged) {
        if (event instanceof IssueCreated created) {
            return new FoldedState(created, logged).row();
        }
        if (before == null) {
            throw new IllegalStateException("issue %d has events but was never created".formatted(event.issueId()));
        }
        var state = new FoldedState(before, logged);
        state.fold(event);
        return state.row();
    }

    private void fold(IssueEvent event) {
        switch (event) {
            case IssueRetitled retitled -> {
                title = retitled.to();
                edit(retitled.version());
            }
            case IssueDescriptionChanged changed -> {
                descriptionPosition = positionOf(changed.description());
                edit(changed.version());
            }
            case IssueStatusChanged changed -> {
                status = changed.to();
                edit(changed.version());
            }
            case IssueAssigned assigned -> {
                assignee = assigned.to();
                edit(assigned.version());
            }
            case IssueTouched touched -> edit(touched.version());
            case IssueWithdrawn gone -> edit(gone.version());
            case IssueLabelsReplaced replaced -> labels = LabelsJson.of(replaced.labels());
            case IssueCreated _, IssueCommented _ -> throw new IllegalArgumentException(event.toString());
        }
    }

    private void edit(long newVersion) {
        version = newVersion;
        updatedAt = logged.at();
        edited = true;
    }

    private @Nullable Long positionOf(String description) {
        return description.isEmpty() ? null : logged.position();
    }

    private StateRow row() {
        var event = (IssueEvent) logged.event();
        return new StateRow(
                event.issueId(),
                logged.position(),
                logged.sequence(),
                title,
                descriptionPosition,
                status,
                assignee,
                version,
                edited,
                before == null ? logged.at() : before.createdAt(),
                updatedAt,
                labels,
                event instanceof IssueWithdrawn,
                before == null ? null : before.status(),
                before == null ? null : before.assignee());
    }
}
