package dev.recount.standalone.audit;

/** An event that is to be exported cannot be read. The message is for people. */
public final class UnreadableLogException extends RuntimeException {
    UnreadableLogException(String message) {
        super(message);
    }
}
