package dev.recount.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels the statement that a connection is running, such as a COPY or the building of an index. */
final class Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    /** PostgreSQL documentation, appendix A: query_canceled. */
    private static final String QUERY_CANCELED = "57014";

    private Cancellation() {}

    /** Does nothing if the connection runs no statement. */
    static void of(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException gone) {
            LOG.debug("Cannot cancel a statement because its connection is closed", gone);
        }
    }

    /** Whether a statement failed because it was cancelled. */
    static boolean isCauseOf(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
