package dev.recount.web;

import dev.recount.eventstore.database.DatabaseLoss;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Distinguishes an unreachable database from every other failure, including Spring's exceptions for it. */
final class DatabaseOutage {

    /** A timeout for a lock that another session holds. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private DatabaseOutage() {}

    static boolean is(Throwable thrown) {
        return switch (thrown) {
            case DataAccessResourceFailureException _ -> true;
            case TransientDataAccessResourceException _ -> true;
            case CannotCreateTransactionException _ -> true;
            case SQLException sql when LOCK_NOT_AVAILABLE.equals(sql.getSQLState()) -> true;
            default -> DatabaseLoss.is(thrown);
        };
    }
}
