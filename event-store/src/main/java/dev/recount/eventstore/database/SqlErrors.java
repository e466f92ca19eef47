package dev.recount.eventstore.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Interprets PostgreSQL's SQLSTATE codes for the log (PostgreSQL documentation, appendix A). */
public final class SqlErrors {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String READ_ONLY = "25006";

    /** A pool's message, without a SQLSTATE, for a connection that it removed because it broke. */
    private static final String BROKEN_OFF = "Connection is closed";

    private SqlErrors() {}

    public static boolean isConflict(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** Another node has appended, so the hashes of this append no longer extend the log. */
    public static boolean isOutdated(SQLException e) {
        return "RC001".equals(e.getSQLState());
    }

    /** The database refuses a value: data exception, or integrity constraint violation. */
    public static boolean isRefusedValue(SQLException e) {
        return isOf(e, "22", "23");
    }

    /** Nothing was written, and a retry may succeed: serialization, deadlock, lock, cancellation. */
    public static boolean isTransient(SQLException e) {
        return isOf(e, "40001", "40P01", LOCK_NOT_AVAILABLE, "57014");
    }

    public static boolean isLocked(SQLException e) {
        return isOf(e, LOCK_NOT_AVAILABLE);
    }

    /** The server accepts no writes: it is a standby, or a demoted primary. */
    static boolean isReadOnly(SQLException e) {
        return isOf(e, READ_ONLY);
    }

    /**
     * The connection was lost or refused, the server ended it (its administrator, a shutdown, a crash, an idle
     * transaction's timeout), or the server is read-only.
     */
    public static boolean isUnavailable(SQLException e) {
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException
                || (e.getSQLState() == null && BROKEN_OFF.equals(e.getMessage()))
                || isOf(e, "08", "57P", "53", "25P03", "25P04", READ_ONLY);
    }

    /** The server may have committed before the connection or the server was lost. */
    public static boolean leavesUndecided(SQLException e) {
        return e.getSQLState() == null || isOf(e, "08", "57P");
    }

    private static boolean isOf(SQLException e, String... states) {
        String state = e.getSQLState();
        return state != null && Arrays.stream(states).anyMatch(state::startsWith);
    }

    public static RuntimeException translate(String attempt, SQLException e) {
        return isUnavailable(e) || isTransient(e)
                ? new LogUnavailableException(attempt + ": " + reason(e), e)
                : new EventStoreException(attempt, e);
    }

    private static String reason(SQLException e) {
        return isTransient(e) ? "other transactions were in the way for too long" : "the database cannot be reached";
    }
}
