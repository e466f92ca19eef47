package dev.recount.web;

import dev.recount.eventstore.database.DatabaseLoss;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that cannot be reached right now from every other failure, in the words of Spring, too. */
final class DatabaseOutage {

    /** A lock that was not to be had in time, since another session holds it. */
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
