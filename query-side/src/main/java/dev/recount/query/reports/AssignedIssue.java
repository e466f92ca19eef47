package dev.recount.query.reports;

import org.jspecify.annotations.Nullable;

/**
 * Who has an issue.
 *
 * @param assignee null where nobody has it
 * @param sequence of the event that said so
 */
record AssignedIssue(long issueId, @Nullable Long assignee, long sequence) {}
