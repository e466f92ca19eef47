package dev.recount.web;

import dev.recount.eventstore.LogUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that cannot be reached right now from every other failure. */
final class DatabaseOutage {

    private static final List<String> OUTAGES = List.of("08", "53", "57P0", "25P03", "25P04", "55P03");

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

    /**
     * Classes 08 (connection) and 53 (out of connections, disk, memory), 57P0x (shutting down or starting up), 25P03 and 25P04
     * (a transaction that stood still), and 55P03 (a lock that was not to be had in time).
     */
    private static boolean isOutage(String sqlState) {
        return OUTAGES.stream().anyMatch(sqlState::startsWith);
    }
}
