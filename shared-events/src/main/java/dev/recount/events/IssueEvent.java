package dev.recount.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to an issue; the stream is {@code issue-<id>}.
 *
 * <p>{@code version} is the issue's API version that the event leads to: all events of one accepted edit carry the
 * same one, and comments and labels carry none because they do not move it.
 */
public sealed interface IssueEvent extends RecountEvent {

    long issueId();

    /** The version of the issue after it; null for what leaves the version alone. */
    default @Nullable Long leadsTo() {
        return switch (this) {
            case IssueCreated created -> created.version();
            case IssueRetitled retitled -> retitled.version();
            case IssueDescriptionChanged changed -> changed.version();
            case IssueStatusChanged changed -> changed.version();
            case IssueAssigned assigned -> assigned.version();
            case IssueTouched touched -> touched.version();
            case IssueWithdrawn withdrawn -> withdrawn.version();
            case IssueLabelsReplaced _, IssueCommented _ -> null;
        };
    }

    /** {@code labels} is the whole set, in the order in which they were given. */
    record IssueCreated(
            long issueId,
            String title,
            String description,
            IssueStatus status,
            @Nullable Long assignee,
            long version,
            List<Label> labels)
            implements IssueEvent {

        /** Without labels there are none, as in JSON of revision 1. */
        public IssueCreated {
            labels = labels == null ? List.of() : List.copyOf(labels);
        }

        public IssueCreated(
                long issueId,
                String title,
                String description,
                IssueStatus status,
                @Nullable Long assignee,
                long version) {
            this(issueId, title, description, status, assignee, version, List.of());
        }
    }

    record IssueRetitled(long issueId, String from, String to, long version) implements IssueEvent {}

    record IssueDescriptionChanged(long issueId, String description, long version) implements IssueEvent {}

    record IssueStatusChanged(long issueId, IssueStatus from, IssueStatus to, long version) implements IssueEvent {}

    record IssueAssigned(
            long issueId, @Nullable Long from, @Nullable Long to, long version) implements IssueEvent {}

    /** An accepted edit that changed nothing: the version moves, the timeline stays silent. */
    record IssueTouched(long issueId, long version) implements IssueEvent {}

    /** {@code labels} is the whole new set in the order of the request; {@code added} and {@code removed} the change. */
    record IssueLabelsReplaced(long issueId, List<Label> labels, List<Label> added, List<Label> removed)
            implements IssueEvent {}

    /** {@code author} is the user's id, {@code username} the name it had, so that a reader needs no other stream. */
    record IssueCommented(long issueId, long commentId, long author, String username, String body)
            implements IssueEvent {}

    /**
     * The issue was taken back: it counts as never filed, and nothing else happens to it any more. Its past stays
     * readable.
     */
    record IssueWithdrawn(long issueId, long version) implements IssueEvent {}
}
