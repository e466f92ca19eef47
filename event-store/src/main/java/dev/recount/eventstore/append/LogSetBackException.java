package dev.recount.eventstore.append;

import java.sql.SQLException;

/** The log is shorter than this node last saw it, and the node has not yet dropped its memory of the lost events. */
public final class LogSetBackException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** PostgreSQL's state for a connection that does not exist, so that callers treat the old log as unavailable. */
    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    LogSetBackException(long known, long found) {
        super("the log ended at position " + known + " and now ends at " + found, CONNECTION_DOES_NOT_EXIST);
    }
}
