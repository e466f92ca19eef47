package dev.recount.eventstore.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is not there right now from every other failure. */
public final class DatabaseLoss {

    private static final int MAX_CAUSES = 20;

    private DatabaseLoss() {}

    /**
     * Whether work failed for want of a database, so that it succeeds later as it is. The node itself logs that the
     * database is lost; nothing else needs to.
     */
    public static boolean isCauseOf(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (is(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The same for the failure alone, whatever its causes. */
    public static boolean is(Throwable failure) {
        return failure instanceof LogUnavailableException
                || (failure instanceof SQLException sql && SqlErrors.isUnavailable(sql));
    }
}
