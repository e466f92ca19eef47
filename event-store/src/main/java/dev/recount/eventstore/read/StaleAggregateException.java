package dev.recount.eventstore.read;

/** The state that a decision was taken on is behind the log; the command may be tried again on fresh state. */
public final class StaleAggregateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleAggregateException(String stream, long sequence) {
        super("The state of " + stream + " at sequence " + sequence + " is behind the log");
    }
}
