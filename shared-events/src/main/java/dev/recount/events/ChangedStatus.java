package dev.recount.events;

/**
 * The change that a bulk change made to one issue.
 *
 * @param to equals {@code from} if the issue had the status already
 * @param version of the issue after the change
 * @param sequence of the event in the issue's stream
 */
public record ChangedStatus(long issueId, IssueStatus from, IssueStatus to, long version, long sequence) {}
