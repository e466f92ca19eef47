package dev.recount.command.issue.http;

import dev.recount.command.issue.IssueState;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An issue's own fields, as the response to every write shows them. */
public record IssueBody(
        long id,
        String title,
        String description,
        IssueStatus status,
        @Nullable Long assignee,
        IssuePriority priority,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public static IssueBody of(IssueState issue) {
        return new IssueBody(
                issue.id(),
                issue.title(),
                issue.description(),
                issue.status(),
                issue.assignee(),
                issue.priority(),
                issue.version(),
                issue.createdAt(),
                issue.updatedAt());
    }
}
