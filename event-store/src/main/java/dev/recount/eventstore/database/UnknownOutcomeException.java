package dev.recount.eventstore.database;

/** The outcome of an append is unknown: it is either wholly in the log or not at all. */
public final class UnknownOutcomeException extends LogUnavailableException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnknownOutcomeException(String message) {
        super(message);
    }
}
