package dev.recount.verifier;

/** Something is not in the form that docs/audit.md describes; the message says what, for people. */
public final class MalformedLogException extends RuntimeException {

    public MalformedLogException(String message) {
        super(message);
    }
}
