package dev.recount.query.projection;

/** A projection has applied events that the log does not have: its rows are no answer, and it cannot go on. */
public final class AheadOfLogException extends RuntimeException {

    AheadOfLogException(String projection, long position, long logEnd) {
        super(projection + " " + explain(position, logEnd), null, false, false);
    }

    /** @param logEnd the last position of the log when it was found out */
    static String explain(long position, long logEnd) {
        return "has applied events up to position %d that the log, which ended at position %d, does not have: a backup was restored or events were deleted, and the projection has to be rebuilt"
                .formatted(position, logEnd);
    }
}
