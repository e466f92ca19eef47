package dev.recount.web;

import dev.recount.eventstore.LogUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that cannot be reached right now from every other failure. */
final class DatabaseOutage {

    private DatabaseOutage() {}

    static boolean is(Throwable thrown) {
        return switch (thrown) {
            case LogUnavailableException _ -> true;
            case DataAccessResourceFailureException _ -> true;
            case TransientDataAccessResourceException _ -> true;
            case CannotCreateTransactionException _ -> true;
            case SQLTransientConnectionException _ -> true;
            case SQLException sql -> sql.getSQLState() != null && isOutage(sql.getSQLState());
            default -> false;
        };
    }

    /** Classes 08 (connection) and 53 (out of connections, disk, memory), and 57P0x (shutting down or starting up). */
    private static boolean isOutage(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("53") || sqlState.startsWith("57P0");
    }
}
