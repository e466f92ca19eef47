package dev.recount.query.deadletters;

import java.io.Serial;

/** Signals that a projection refuses so many events that the projection itself must be faulty. */
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
