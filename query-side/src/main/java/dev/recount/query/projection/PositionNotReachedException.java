package dev.recount.query.projection;

import java.io.Serial;
import java.time.Duration;

/** A projection did not come as far as a read needs within the time that the read may wait; it may try again. */
public final class PositionNotReachedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    PositionNotReachedException(String projection, Duration patience, Throwable cause) {
        super(
                "%s is not far enough after %d ms: %s".formatted(projection, patience.toMillis(), cause.getMessage()),
                cause);
    }
}
