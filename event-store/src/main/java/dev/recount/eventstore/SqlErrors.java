package dev.recount.eventstore;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** What PostgreSQL's SQLSTATE codes mean to the log (PostgreSQL documentation, appendix A). */
final class SqlErrors {

    /** What a pool says, without a SQLSTATE, of a connection that it took away when it broke. */
    private static final String BROKEN_OFF = "Connection is closed";

    private SqlErrors() {}

    static boolean isConflict(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** The log is not as the hashes of what was to be appended suppose: another node has gone on with it. */
    static boolean isOutdated(SQLException e) {
        return "RC001".equals(e.getSQLState());
    }

    /** The server takes no writes: it is a standby, or a primary that was demoted. */
    static boolean isReadOnly(SQLException e) {
        return "25006".equals(e.getSQLState());
    }

    /** The connection was lost, refused, ended by the server's administrator, shutdown or crash, or leads to a standby. */
    static boolean isUnavailable(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException
                || isReadOnly(e)
                || (state == null && BROKEN_OFF.equals(e.getMessage()))
                || (state != null && (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")));
    }

    static RuntimeException translate(String attempt, SQLException e) {
        return isUnavailable(e)
                ? new LogUnavailableException(attempt + ": the database cannot be reached", e)
                : new EventStoreException(attempt, e);
    }
}
