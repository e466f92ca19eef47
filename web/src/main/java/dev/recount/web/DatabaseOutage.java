package dev.recount.web;

import dev.recount.eventstore.DatabaseLoss;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that cannot be reached right now from every other failure, in the words of Spring, too. */
final class DatabaseOutage {

    private DatabaseOutage() {}

    static boolean is(Throwable thrown) {
        return switch (thrown) {
            case DataAccessResourceFailureException _ -> true;
            case TransientDataAccessResourceException _ -> true;
            case CannotCreateTransactionException _ -> true;
            default -> DatabaseLoss.is(thrown);
        };
    }
}
