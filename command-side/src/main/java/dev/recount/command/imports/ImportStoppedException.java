package dev.recount.command.imports;

/** Somebody undid the import before its file came to an end, so it must not go on. */
final class ImportStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportStoppedException(Throwable lost) {
        super("The import was stopped", lost);
    }
}
