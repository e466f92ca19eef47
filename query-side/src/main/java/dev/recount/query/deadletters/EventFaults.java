package dev.recount.query.deadletters;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.query.projection.ProjectionWriteException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Distinguishes an event that cannot be applied from a database that cannot be used. */
public final class EventFaults {

    private static final int LONGEST_CAUSE = 1_000;

    private EventFaults() {}

    /**
     * Whether the same event would be refused again: by the projection itself, or by the database because of the rows
     * it would have written. Those are SQLSTATE classes 22, data exception, and 23, integrity constraint violation.
     *
     * <p>Any other failure, such as a missing table or a full disk, is not caused by an event, and the projection
     * stops.
     */
    static boolean isIn(Throwable failure) {
        return switch (failure) {
            case SQLException refused -> isRefusedRow(refused.getSQLState());
            case ProjectionWriteException refused -> refused.getCause() instanceof SQLException cause && isIn(cause);
            case LogUnavailableException _ -> false;
            case RuntimeException _ -> true;
            default -> false;
        };
    }

    private static boolean isRefusedRow(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** A cause that is short enough for a list. */
    public static String causeOf(Throwable failure) {
        var text = failure.getClass().getSimpleName() + ": "
                + Optional.ofNullable(failure.getMessage()).orElse("");
        // PostgreSQL stores no U+0000, and some drivers quote the refused value.
        var storable = text.replace("\0", "");
        return storable.length() <= LONGEST_CAUSE ? storable : storable.substring(0, LONGEST_CAUSE);
    }
}
