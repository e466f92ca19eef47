package dev.recount.eventstore.database;

/** An append was lost sight of: it is either wholly in the log or not at all, but which of the two is not known. */
public final class UnknownOutcomeException extends LogUnavailableException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnknownOutcomeException(String message) {
        super(message);
    }
}
