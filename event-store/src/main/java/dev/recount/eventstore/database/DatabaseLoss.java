package dev.recount.eventstore.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Distinguishes a lost database from every other failure. */
public final class DatabaseLoss {

    private static final int MAX_CAUSES = 20;

    private DatabaseLoss() {}

    /**
     * Whether work failed because the database is lost, so that an unchanged retry can succeed later. The node itself
     * logs the loss; other code need not.
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

    /** The same for the failure itself, without its causes. */
    public static boolean is(Throwable failure) {
        return failure instanceof LogUnavailableException
                || (failure instanceof SQLException sql && SqlErrors.isUnavailable(sql));
    }
}
