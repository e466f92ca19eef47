package dev.recount.eventstore.read;

/** A row of the log, or one of its hashes, is missing: the table was modified by hand. */
public final class TornLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TornLogException(long position) {
        super("The log has no event at position " + position + ", or not all of its hashes");
    }
}
