package dev.recount.verifier;

/** A part of the log violates the format of docs/audit.md. The message says how, for people. */
public final class MalformedLogException extends RuntimeException {

    public MalformedLogException(String message) {
        super(message);
    }
}
