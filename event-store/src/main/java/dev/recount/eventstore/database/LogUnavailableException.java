package dev.recount.eventstore.database;

/**
 * The database was unreachable, was lost before it responded, or another session held the log's lock for too long.
 *
 * <p>An append that fails this way wrote nothing, unless it fails with an {@link UnknownOutcomeException}.
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
