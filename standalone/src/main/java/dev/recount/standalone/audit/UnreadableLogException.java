package dev.recount.standalone.audit;

/** An event that would have to be written down cannot be read; the message is for people. */
public final class UnreadableLogException extends RuntimeException {
    UnreadableLogException(String message) {
        super(message);
    }
}
