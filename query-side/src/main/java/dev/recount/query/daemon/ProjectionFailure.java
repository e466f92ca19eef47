package dev.recount.query.daemon;

import java.time.Instant;

/**
 * A batch that a projection could not apply. It is retried, and the projection does not move past it.
 *
 * @param since when the projection began to fail
 */
public record ProjectionFailure(Instant since, long firstPosition, long lastPosition, Throwable cause) {

    boolean isOverAt(long position) {
        return position >= firstPosition;
    }
}
