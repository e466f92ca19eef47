package dev.recount.eventstore.database;

/**
 * The database could not be reached, was lost before it answered, or let others keep the log for too long.
 *
 * <p>An append that ends so has written nothing, unless it ends in an {@link UnknownOutcomeException}.
 */
public class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public LogUnavailableException(String message) {
        super(message);
    }
}
