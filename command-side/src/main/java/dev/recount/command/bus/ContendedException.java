package dev.recount.command.bus;

/** Other writers of the same streams were faster each time; nothing was written, and trying later may well do. */
public final class ContendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContendedException(String message, Throwable cause) {
        super(message, cause);
    }
}
