package dev.recount.command.imports.csv;

/** A file breaks the rules of CSV in such a way that its cells and rows cannot be determined. */
public final class MalformedCsvException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;

    MalformedCsvException(String message, long line) {
        super(message);
        this.line = line;
    }

    /** The line of the file where the error begins, from 1. */
    public long line() {
        return line;
    }
}
