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
import dev.recount.events.Label;
import dev.recount.query.projection.LoggedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One issue while a batch is applied: its row before the batch, and the changes. A null field is unchanged. */
final class FoldedIssue {

    private final long id;
    private final @Nullable IssueState before;
    private @Nullable IssueState after;
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable List<Label> labels;
    private final List<Comment> comments = new ArrayList<>();

    /** A comment to be written. */
    record Comment(long issueId, long sequence, IssueCommented event, Instant at) {}

    FoldedIssue(long id, @Nullable IssueState before) {
        this.id = id;
        this.before = before;
        this.after = before;
    }

    /** Applies an event. An event that is already in the row changes nothing, so a replay is harmless. */
    void fold(LoggedEvent logged, IssueEvent event) {
        var last = after == null ? -1 : after.sequence();
        if (logged.sequence() <= last) {
            return;
        }
        after = next(logged, event);
    }

    private @Nullable IssueState next(LoggedEvent logged, IssueEvent event) {
        switch (event) {
            case IssueCreated created -> {
                return created(logged, created);
            }
            case IssueWithdrawn _ -> {
                return withdrawn();
            }
            case IssueRetitled retitled -> title = retitled.to();
            case IssueDescriptionChanged changed -> description = changed.description();
            case IssueLabelsReplaced replaced -> labels = replaced.labels();
            case IssueCommented commented -> comments.add(new Comment(id, logged.sequence(), commented, logged.at()));
            case IssueStatusChanged _, IssueAssigned _, IssuePrioritized _, IssueTouched _ -> {}
        }
        if (event.leadsTo() != null) {
            updatedAt = logged.at();
        }
        return after().after(event, logged.sequence());
    }

    private IssueState created(LoggedEvent logged, IssueCreated created) {
        title = created.title();
        description = created.description();
        labels = created.labels().isEmpty() ? null : created.labels();
        createdAt = logged.at();
        updatedAt = logged.at();
        return IssueState.of(created, logged.sequence());
    }

    private @Nullable IssueState withdrawn() {
        after();
        labels = null;
        comments.clear();
        return null;
    }

    /** @throws IllegalStateException if the issue was never created, or was withdrawn */
    IssueState after() {
        if (after == null) {
            throw new IllegalStateException("issue %d has events but was never created".formatted(id));
        }
        return after;
    }

    Optional<IssueState> before() {
        return Optional.ofNullable(before);
    }

    boolean isChanged() {
        return !Objects.equals(after, before);
    }

    boolean isNew() {
        return before == null && after != null;
    }

    boolean isGone() {
        return after == null;
    }

    long id() {
        return id;
    }

    @Nullable
    String title() {
        return title;
    }

    @Nullable
    String description() {
        return description;
    }

    @Nullable
    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant updatedAt() {
        return updatedAt;
    }

    /** The whole new set, null if unchanged. */
    @Nullable
    List<Label> labels() {
        return labels;
    }

    List<Comment> comments() {
        return comments;
    }
}
