package dev.recount.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the statement that a connection waits for, be it a COPY or the building of an index. */
final class Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    /** PostgreSQL documentation, appendix A: query_canceled. */
    private static final String QUERY_CANCELED = "57014";

    private Cancellation() {}

    /** Of a connection that waits for nothing, nothing is ended. */
    static void of(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException gone) {
            LOG.debug("there is nothing to cancel on a connection that is gone", gone);
        }
    }

    /** Whether a statement failed because it was ended so. */
    static boolean isCauseOf(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
