package dev.recount.eventstore.serialization;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An event of the log cannot be deserialized by the current code, or is missing. */
public final class UnreadableEventException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long position;

    public UnreadableEventException(long position, @Nullable String why, @Nullable Throwable cause) {
        super("the event at position %d cannot be read: %s".formatted(position, why), cause);
        this.position = position;
    }

    public long position() {
        return position;
    }
}
