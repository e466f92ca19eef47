package dev.recount.query.deadletters;

import java.io.Serial;

/** A projection refuses so many events that the fault must be its own. */
final class TooManyDeadLettersException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TooManyDeadLettersException(String projection, Exception last) {
        super(
                "%s has refused %d events, and refuses the next: %s"
                        .formatted(projection, BatchAroundDeadLetters.MOST_REFUSALS, last.getMessage()),
                last);
    }
}
