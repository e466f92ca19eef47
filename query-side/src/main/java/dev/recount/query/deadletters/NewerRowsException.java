package dev.recount.query.deadletters;

import java.io.Serial;

/** Signals that a projection's rows were filled by a later version of its code than this node has. */
public final class NewerRowsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NewerRowsException(String projection, int stored, int known) {
        super("%s is of version %d, and this node knows version %d".formatted(projection, stored, known));
    }
}
