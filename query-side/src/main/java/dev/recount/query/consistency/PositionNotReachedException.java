package dev.recount.query.consistency;

import java.io.Serial;

/** A read could not see what it must see within the time that it may wait; it may try again. */
public final class PositionNotReachedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean beyondLog;

    PositionNotReachedException(String message, boolean beyondLog) {
        super(message);
        this.beyondLog = beyondLog;
    }

    /** True where the log itself is not as far as the read's lower bound; else it is the projection that is behind. */
    public boolean isBeyondLog() {
        return beyondLog;
    }
}
