package dev.recount.query.consistency;

import java.io.Serial;

/** Signals that a read timed out before it could see what it must see. The client may retry. */
public final class PositionNotReachedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean beyondLog;

    PositionNotReachedException(String message, boolean beyondLog) {
        super(message);
        this.beyondLog = beyondLog;
    }

    /** True if the log itself has not reached the read's lower bound; false if the projection is behind. */
    public boolean isBeyondLog() {
        return beyondLog;
    }
}
