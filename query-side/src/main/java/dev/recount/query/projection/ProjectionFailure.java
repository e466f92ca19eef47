package dev.recount.query.projection;

import java.time.Instant;

/** A batch that a projection could not apply: it is tried again and again, and the projection stands before it. */
public record ProjectionFailure(Instant at, long firstPosition, long lastPosition, Throwable cause) {

    boolean isOverAt(long position) {
        return position >= firstPosition;
    }
}
