package dev.recount.eventstore.read;

/** A decision was based on a state that is behind the log. The command may be retried on fresh state. */
public final class StaleAggregateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleAggregateException(String stream, long sequence) {
        super("The state of " + stream + " at sequence " + sequence + " is behind the log");
    }
}
