package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to an issue, and who did it.
 *
 * @param actor id of the user who acted, null where nobody was named
 */
public record PastEvent(
        long sequence,
        IssueEvent event,
        Instant at,
        @Nullable Long actor) {}
