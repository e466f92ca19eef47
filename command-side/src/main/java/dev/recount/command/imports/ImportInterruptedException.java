package dev.recount.command.imports;

import dev.recount.eventstore.database.UnknownOutcomeException;

/** An import ended before its file did. The issues that it had created remain. */
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

    /** Whether the valid rows that were sent but are not settled may be in the log, all of them or none. */
    boolean isInDoubt() {
        return getCause() instanceof UnknownOutcomeException && progress.sent() > progress.settled();
    }
}
