package dev.recount.command.issue;

import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issue as its events have made it: what decisions need, and what an edit answers.
 *
 * <p>{@code lastEventAt} also counts comments and labels, which {@code updatedAt} does not. An issue that is {@code
 * withdrawn} has its last fields still, but nothing more happens to it.
 */
public record IssueState(
        long id,
        String title,
        String description,
        IssueStatus status,
        @Nullable Long assignee,
        long version,
        Instant createdAt,
        Instant updatedAt,
        List<Label> labels,
        Instant lastEventAt,
        boolean withdrawn) {

    public IssueState {
        labels = List.copyOf(labels);
    }
}
