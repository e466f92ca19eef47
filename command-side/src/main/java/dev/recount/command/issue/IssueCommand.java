package dev.recount.command.issue;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands on an issue. */
public sealed interface IssueCommand {

    long issueId();

    /** Creates an issue. A repeated label counts once. */
    record CreateIssue(
            long issueId,
            String title,
            String description,
            IssueStatus status,
            @Nullable Long assignee,
            IssuePriority priority,
            List<Label> labels)
            implements IssueCommand {

        public CreateIssue {
            labels = List.copyOf(labels);
        }

        /** Without priority and labels. */
        public CreateIssue(
                long issueId, String title, String description, IssueStatus status, @Nullable Long assignee) {
            this(issueId, title, description, status, assignee, IssuePriority.NONE, List.of());
        }

        public CreateIssue with(IssuePriority newPriority) {
            return new CreateIssue(issueId, title, description, status, assignee, newPriority, labels);
        }

        public CreateIssue with(List<Label> newLabels) {
            return new CreateIssue(issueId, title, description, status, assignee, priority, newLabels);
        }
    }

    /** Edits the issue's own fields. A null field stays unchanged. */
    record EditIssue(
            long issueId,
            @Nullable String title,
            @Nullable String description,
            @Nullable IssueStatus status,
            @Nullable Assignment assignment,
            @Nullable IssuePriority priority,
            long expectedVersion,
            IfMatch ifMatch)
            implements IssueCommand {

        /** Changes nothing yet. */
        public EditIssue(long issueId, long expectedVersion, IfMatch ifMatch) {
            this(issueId, null, null, null, null, null, expectedVersion, ifMatch);
        }

        /** Leaves the priority as it is. */
        public EditIssue(
                long issueId,
                @Nullable String title,
                @Nullable String description,
                @Nullable IssueStatus status,
                @Nullable Assignment assignment,
                long expectedVersion,
                IfMatch ifMatch) {
            this(issueId, title, description, status, assignment, null, expectedVersion, ifMatch);
        }

        /** The same edit, with the field set to its value in a state. */
        public EditIssue with(IssueField field, IssueState state) {
            return new EditIssue(
                    issueId,
                    field == IssueField.TITLE ? state.title() : title,
                    field == IssueField.DESCRIPTION ? state.description() : description,
                    field == IssueField.STATUS ? state.status() : status,
                    field == IssueField.ASSIGNEE ? new Assignment(state.assignee()) : assignment,
                    field == IssueField.PRIORITY ? state.priority() : priority,
                    expectedVersion,
                    ifMatch);
        }
    }

    /**
     * One item of a bulk change. A null status or priority stays unchanged. Without an expected version it applies to
     * any version.
     */
    record ChangeStatus(
            long issueId,
            @Nullable IssueStatus status,
            @Nullable IssuePriority priority,
            @Nullable Long expectedVersion)
            implements IssueCommand {

        /** Leaves the priority as it is. */
        public ChangeStatus(long issueId, IssueStatus status, @Nullable Long expectedVersion) {
            this(issueId, status, null, expectedVersion);
        }
    }

    /** @param username the author's name, which the event stores */
    record CommentOnIssue(long issueId, long commentId, long author, String username, String body)
            implements IssueCommand {}

    /** Replaces all labels. A repeated label counts once. */
    record ReplaceLabels(long issueId, List<Label> labels) implements IssueCommand {

        public ReplaceLabels {
            labels = List.copyOf(labels);
        }
    }

    /** Withdraws the whole issue, as though it had never been created. */
    record WithdrawIssue(long issueId) implements IssueCommand {}

    /** @param to the new assignee; null unassigns the issue */
    record Assignment(@Nullable Long to) {}
}
