package dev.recount.command.imports;

/** Another request undid the import before the end of its file, so the import must not continue. */
final class ImportStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportStoppedException(Throwable lost) {
        super("The import was stopped", lost);
    }
}
