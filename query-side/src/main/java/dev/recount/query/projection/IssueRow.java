package dev.recount.query.projection;

/**
 * The state that a projection keeps of an issue, as one row of its table; the component {@code issueId} comes first.
 */
public interface IssueRow {

    long issueId();

    /** Sequence of the newest event that is in the row. */
    long sequence();
}
