package dev.recount.query.rebuild;

/** The result of a request to cancel a run. */
public enum CancelOutcome {
    /** The run will end within moments. */
    REQUESTED,
    ALREADY_OVER,
    UNKNOWN_RUN
}
