package dev.recount.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of an issue. The stream is {@code issue-<id>}.
 *
 * <p>{@code version} is the issue's API version after the event. All events of one accepted edit have the same version.
 * Comments and labels have none, because they do not change it.
 */
public sealed interface IssueEvent extends RecountEvent {

    long issueId();

    /** The version of the issue after the event, null if the event does not change the version. */
    default @Nullable Long leadsTo() {
        return switch (this) {
            case IssueCreated created -> created.version();
            case IssueRetitled retitled -> retitled.version();
            case IssueDescriptionChanged changed -> changed.version();
            case IssueStatusChanged changed -> changed.version();
            case IssueAssigned assigned -> assigned.version();
            case IssuePrioritized prioritized -> prioritized.version();
            case IssueTouched touched -> touched.version();
            case IssueWithdrawn withdrawn -> withdrawn.version();
            case IssueLabelsReplaced _, IssueCommented _ -> null;
        };
    }

    /** {@code labels} is the complete set, in the order of the request. */
    record IssueCreated(
            long issueId,
            String title,
            String description,
            IssueStatus status,
            @Nullable Long assignee,
            long version,
            List<Label> labels,
            IssuePriority priority)
            implements IssueEvent {

        /** Completes JSON of revision 1, which has no labels, and of revision 2, which has no priority. */
        public IssueCreated {
            labels = labels == null ? List.of() : List.copyOf(labels);
            priority = priority == null ? IssuePriority.NONE : priority;
        }

        /** Without labels and priority. */
        public IssueCreated(
                long issueId,
                String title,
                String description,
                IssueStatus status,
                @Nullable Long assignee,
                long version) {
            this(issueId, title, description, status, assignee, version, List.of(), IssuePriority.NONE);
        }

        public IssueCreated with(List<Label> newLabels) {
            return new IssueCreated(issueId, title, description, status, assignee, version, newLabels, priority);
        }

        public IssueCreated with(IssuePriority newPriority) {
            return new IssueCreated(issueId, title, description, status, assignee, version, labels, newPriority);
        }
    }

    record IssueRetitled(long issueId, String from, String to, long version) implements IssueEvent {}

    record IssueDescriptionChanged(long issueId, String description, long version) implements IssueEvent {}

    record IssueStatusChanged(long issueId, IssueStatus from, IssueStatus to, long version) implements IssueEvent {}

    record IssueAssigned(
            long issueId, @Nullable Long from, @Nullable Long to, long version) implements IssueEvent {}

    record IssuePrioritized(long issueId, IssuePriority from, IssuePriority to, long version) implements IssueEvent {}

    /** An accepted edit that changed nothing. It increases the version, but the timeline does not show it. */
    record IssueTouched(long issueId, long version) implements IssueEvent {}

    /**
     * {@code labels} is the complete new set in the order of the request. {@code added} and {@code removed} are the
     * change.
     */
    record IssueLabelsReplaced(long issueId, List<Label> labels, List<Label> added, List<Label> removed)
            implements IssueEvent {}

    /**
     * {@code author} is the user's id and {@code username} the name at that time, so that a reader needs no other
     * stream.
     */
    record IssueCommented(long issueId, long commentId, long author, String username, String body)
            implements IssueEvent {}

    /** The issue was withdrawn: it counts as never filed, and no other event follows. Its history stays readable. */
    record IssueWithdrawn(long issueId, long version) implements IssueEvent {}
}
