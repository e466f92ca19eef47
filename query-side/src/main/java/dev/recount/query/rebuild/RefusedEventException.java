package dev.recount.query.rebuild;

import dev.recount.query.generations.TablesNotCopyableException;
import dev.recount.query.projection.LoggedEvent;
import java.io.Serial;

/** Signals that a projection cannot apply an event, or that the database refuses the resulting rows. */
final class RefusedEventException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final RebuildState.Failure failure;

    private RefusedEventException(RebuildState.Failure failure, Throwable cause) {
        super(failure.cause(), cause);
        this.failure = failure;
    }

    static RefusedEventException of(String projection, LoggedEvent logged, Throwable cause) {
        var type = logged.event().getClass().getSimpleName();
        var message = "%s cannot apply %s at position %d, event %d of %s: %s"
                .formatted(projection, type, logged.position(), logged.sequence(), logged.stream(), reason(cause));
        return new RefusedEventException(
                new RebuildState.Failure(message, projection, logged.position(), logged.stream(), type), cause);
    }

    /** For a failure that no single event causes. */
    static RefusedEventException of(String projection, LogWindow window, Throwable cause) {
        var message = "%s cannot apply the events after position %d up to %d: %s"
                .formatted(projection, window.after(), window.upTo(), reason(cause));
        return new RefusedEventException(new RebuildState.Failure(message, projection, null, null, null), cause);
    }

    /** For a failure before any event was applied. */
    static RefusedEventException before(String projection, TablesNotCopyableException cause) {
        return new RefusedEventException(new RebuildState.Failure(reason(cause), projection, null, null, null), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    RebuildState.Failure failure() {
        return failure;
    }
}
