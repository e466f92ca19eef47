package dev.recount.command.imports;

import dev.recount.eventstore.database.UnknownOutcomeException;

/** An import ended before its file did; what it created by then stays. */
final class ImportInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ImportProgress progress;

    ImportInterruptedException(ImportProgress progress, RuntimeException cause) {
        super("Import " + progress.importId() + " ended after row " + progress.settled(), cause);
        this.progress = progress;
    }

    ImportProgress progress() {
        return progress;
    }

    /** Whether the rows that were sent and are not settled may be in the log nevertheless: all that hold, or none. */
    boolean isInDoubt() {
        return getCause() instanceof UnknownOutcomeException && progress.sent() > progress.settled();
    }
}
