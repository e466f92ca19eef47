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
        var next = next(logged, event);
        after = next == null ? null : next.withSequence(logged.sequence());
    }

    private @Nullable IssueState next(LoggedEvent logged, IssueEvent event) {
        return switch (event) {
            case IssueCreated created -> created(logged, created);
            case IssueRetitled retitled -> {
                title = retitled.to();
                yield edited(logged, retitled.version());
            }
            case IssueDescriptionChanged changed -> {
                description = changed.description();
                yield edited(logged, changed.version());
            }
            case IssueStatusChanged changed -> edited(logged, changed.version()).withStatus(changed.to());
            case IssueAssigned assigned -> edited(logged, assigned.version()).withAssignee(assigned.to());
            case IssueTouched touched -> edited(logged, touched.version());
            case IssueLabelsReplaced replaced -> {
                labels = replaced.labels();
                yield after();
            }
            case IssueCommented commented -> {
                comments.add(new Comment(id, logged.sequence(), commented, logged.at()));
                yield after();
            }
            case IssueWithdrawn _ -> withdrawn();
        };
    }

    private IssueState created(LoggedEvent logged, IssueCreated created) {
        title = created.title();
        description = created.description();
        labels = created.labels().isEmpty() ? null : created.labels();
        createdAt = logged.at();
        updatedAt = logged.at();
        return new IssueState(created.status(), created.assignee(), created.version(), logged.sequence());
    }

    private @Nullable IssueState withdrawn() {
        after();
        labels = null;
        comments.clear();
        return null;
    }

    private IssueState edited(LoggedEvent logged, long version) {
        updatedAt = logged.at();
        return after().withVersion(version);
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
