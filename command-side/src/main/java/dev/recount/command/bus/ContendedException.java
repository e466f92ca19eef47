package dev.recount.command.bus;

/**
 * Every attempt conflicted with other writers of the same streams. Nothing was written, and a later retry may succeed.
 */
public final class ContendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContendedException(String message, Throwable cause) {
        super(message, cause);
    }
}
