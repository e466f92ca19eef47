package dev.recount.command.issue;

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

    /** Edits the issue's own fields. A null field stays unchanged. */
    record EditIssue(
            long issueId,
            @Nullable String title,
            @Nullable String description,
            @Nullable IssueStatus status,
            @Nullable Assignment assignment,
            long expectedVersion,
            IfMatch ifMatch)
            implements IssueCommand {}

    /** One item of a bulk change. Without an expected version it applies to any version. */
    record ChangeStatus(
            long issueId, IssueStatus status, @Nullable Long expectedVersion) implements IssueCommand {}

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
