package dev.recount.query.checkpoint;

/**
 * Signals that a projection has applied events that the log does not have. Its rows must not be served, and it cannot
 * go on.
 */
public final class AheadOfLogException extends RuntimeException {

    private static final String REASON =
            "a backup was restored or events were deleted, and the projection has to be rebuilt";

    public AheadOfLogException(String projection, long position, long logEnd) {
        super(projection + " " + explain(position, logEnd), null, false, false);
    }

    /** For use if the end of the log at the time of detection is not known; the log may have grown since. */
    public AheadOfLogException(String projection, long position) {
        super(
                projection + " has applied events up to position " + position + " that the log does not have: "
                        + REASON,
                null,
                false,
                false);
    }

    /** @param logEnd the last position of the log at the time of detection */
    public static String explain(long position, long logEnd) {
        return "has applied events up to position %d that the log, which ended at position %d, does not have: "
                        .formatted(position, logEnd)
                + REASON;
    }
}
