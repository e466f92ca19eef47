package dev.recount.command.issue;

import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an issue, folded from its events: what decisions need and what the response to an edit shows.
 *
 * <p>{@code lastEventAt} also counts comments and labels, which {@code updatedAt} does not. A {@code withdrawn} issue
 * keeps its last fields, but nothing more happens to it.
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
