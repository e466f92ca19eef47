package dev.recount.events;

/** The row of a file, counted from 1 after the header, and the issue created from it. */
public record ImportedIssue(long issueId, long row) {}
