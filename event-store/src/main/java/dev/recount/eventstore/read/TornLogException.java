package dev.recount.eventstore.read;

/** A row of the log, or its hash, is not where it must be: somebody has laid hands on the table. */
public final class TornLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TornLogException(long position) {
        super("The log has no event at position " + position + ", or not all of its hashes");
    }
}
