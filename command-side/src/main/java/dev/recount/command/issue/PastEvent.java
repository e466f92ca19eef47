package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of an issue's past and its actor.
 *
 * @param actor id of the acting user, null if the request named none
 */
public record PastEvent(
        long sequence,
        IssueEvent event,
        Instant at,
        @Nullable Long actor) {}
