package dev.recount.command.issue;

import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can be asked of an issue. */
public sealed interface IssueCommand {

    long issueId();

    /** A label named twice counts once. */
    record CreateIssue(
            long issueId,
            String title,
            String description,
            IssueStatus status,
            @Nullable Long assignee,
            List<Label> labels)
            implements IssueCommand {

        public CreateIssue {
            labels = List.copyOf(labels);
        }

        public CreateIssue(
                long issueId, String title, String description, IssueStatus status, @Nullable Long assignee) {
            this(issueId, title, description, status, assignee, List.of());
        }

        public CreateIssue withLabels(List<Label> newLabels) {
            return new CreateIssue(issueId, title, description, status, assignee, newLabels);
        }
    }

    /** An edit of the issue's own fields; a field that is null stays as it is. */
    record EditIssue(
            long issueId,
            @Nullable String title,
            @Nullable String description,
            @Nullable IssueStatus status,
            @Nullable Assignment assignment,
            long expectedVersion,
            IfMatch ifMatch)
            implements IssueCommand {}

    /** One item of a bulk change; without an expected version it holds for any. */
    record ChangeStatus(
            long issueId, IssueStatus status, @Nullable Long expectedVersion) implements IssueCommand {}

    /** {@code username} is the author's name, so that the event can carry it. */
    record CommentOnIssue(long issueId, long commentId, long author, String username, String body)
            implements IssueCommand {}

    /** Replaces all labels; a label named twice counts once. */
    record ReplaceLabels(long issueId, List<Label> labels) implements IssueCommand {

        public ReplaceLabels {
            labels = List.copyOf(labels);
        }
    }

    /** Takes the whole issue back, as though it had never been filed. */
    record WithdrawIssue(long issueId) implements IssueCommand {}

    /** Who the issue goes to; null unassigns it. */
    record Assignment(@Nullable Long to) {}
}
