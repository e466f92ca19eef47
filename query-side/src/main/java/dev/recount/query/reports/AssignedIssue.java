package dev.recount.query.reports;

import dev.recount.query.projection.IssueRow;
import org.jspecify.annotations.Nullable;

/**
 * The assignee of an issue.
 *
 * @param assignee null if unassigned
 * @param sequence sequence of the event that set the assignee
 */
record AssignedIssue(long issueId, @Nullable Long assignee, long sequence) implements IssueRow {}
