package dev.recount.events;

/**
 * What a bulk change did to one issue.
 *
 * @param to the same as {@code from} where the issue had the status already
 * @param version of the issue that it led to
 * @param sequence of the event in the issue's stream
 */
public record ChangedStatus(long issueId, IssueStatus from, IssueStatus to, long version, long sequence) {}
