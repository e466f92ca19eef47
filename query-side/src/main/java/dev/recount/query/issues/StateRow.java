package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import dev.recount.query.rows.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state of an issue, as {@code issue_state} has it: from the position of the event that led to it on, until the next one.
 *
 * @param sequence of that event
 * @param descriptionPosition the row of {@code issue_description}, null for an empty description
 * @param edited whether that event belongs to an edit, which moves the version; labels do not
 * @param labels as JSON, by name
 * @param withdrawn whether the issue is there no more; nothing follows
 * @param statusBefore of the state before, null where there is none
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
