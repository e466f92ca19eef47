package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import dev.recount.query.rows.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state of an issue, as stored in {@code issue_state}. It lasts from the position of the event that led to it until
 * the next state.
 *
 * @param sequence sequence of that event
 * @param descriptionPosition the row of {@code issue_description}, null for an empty description
 * @param edited whether that event belongs to an edit, which increments the version; label changes do not
 * @param labels labels as JSON, by name
 * @param withdrawn whether the issue is withdrawn; no further state follows
 * @param statusBefore status of the previous state, null if there is none
 */
record StateRow(
        long issueId,
        long fromPosition,
        long sequence,
        String title,
        @Nullable Long descriptionPosition,
        IssueStatus status,
        @Nullable Long assignee,
        long version,
        boolean edited,
        Instant createdAt,
        Instant updatedAt,
        JsonText labels,
        boolean withdrawn,
        @Nullable IssueStatus statusBefore,
        @Nullable Long assigneeBefore) {}
