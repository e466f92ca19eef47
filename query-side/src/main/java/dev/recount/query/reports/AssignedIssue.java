package dev.recount.query.reports;

import dev.recount.query.projection.IssueRow;
import org.jspecify.annotations.Nullable;

/**
 * Who has an issue.
 *
 * @param assignee null where nobody has it
 * @param sequence of the event that said so
 */
record AssignedIssue(long issueId, @Nullable Long assignee, long sequence) implements IssueRow {}
