package dev.recount.query.projection;

/** What a projection remembers of an issue, as one row of its table; the component {@code issueId} comes first. */
public interface IssueRow {

    long issueId();

    /** Of the newest event that is in the row. */
    long sequence();
}
