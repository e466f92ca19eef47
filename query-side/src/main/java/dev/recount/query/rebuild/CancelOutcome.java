package dev.recount.query.rebuild;

/** What came of asking a run to end. */
public enum CancelOutcome {
    /** It will end within moments. */
    REQUESTED,
    ALREADY_OVER,
    UNKNOWN_RUN
}
