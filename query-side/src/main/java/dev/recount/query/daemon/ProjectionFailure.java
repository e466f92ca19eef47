package dev.recount.query.daemon;

import java.time.Instant;

/**
 * A batch that a projection could not apply: it is tried again and again, and the projection stands before it.
 *
 * @param since when the projection began to fail
 */
public record ProjectionFailure(Instant since, long firstPosition, long lastPosition, Throwable cause) {

    boolean isOverAt(long position) {
        return position >= firstPosition;
    }
}
