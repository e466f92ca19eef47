package dev.recount.eventstore;

/**
 * The database could not be reached, or was lost before it answered.
 *
 * <p>An append that ends so is either wholly in the log or not at all, but which of the two is not known.
 */
public final class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
