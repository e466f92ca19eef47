package dev.recount.events;

/** The row of a file, from 1 after the header, and the issue that it became. */
public record ImportedIssue(long issueId, long row) {}
