package dev.recount.eventstore.append;

import java.sql.SQLException;

/** The log is shorter than this node knows it, and the node has not forgotten yet what the log has lost. */
public final class LogSetBackException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** Connections to the log that this node knew are of no use: PostgreSQL's class for those. */
    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    LogSetBackException(long known, long found) {
        super("the log ended at position " + known + " and now ends at " + found, CONNECTION_DOES_NOT_EXIST);
    }
}
