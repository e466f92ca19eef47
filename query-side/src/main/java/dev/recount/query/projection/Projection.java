package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A read model that is recounted from the log: a stored name, a version, tables, and one method over a batch of events.
 *
 * <p>Its SQL names its tables without a schema, so that another generation of them can be filled beside the live one
 * by nothing but another {@code search_path}.
 */
public interface Projection {

    /** The stored name, such as {@code issue-list}; written down once and never renamed. */
    String name();

    /** Goes up when the same events lead to other rows; a higher one than the stored one fills the tables anew. */
    int version();

    /** The tables that hold nothing but what {@link #apply} wrote. */
    List<String> tables();

    /**
     * For how long events may gather before the projection takes them, unless a read waits for it: the more of them
     * share a batch, the less each of them costs those who write.
     */
    default Duration batchDelay() {
        return Duration.ZERO;
    }

    /**
     * Folds the batch and writes the rows it leads to, in the transaction that is open on the connection.
     *
     * <p>The batch has every event of the log in the order of positions, each of them once, whether this projection
     * cares for it or not, except for those in dead letters and those behind them in their streams. An event that
     * cannot be applied is an exception, never skipped: it is found and parked as a dead letter, and its stream with it.
     */
    void apply(List<LoggedEvent> batch, Connection connection) throws SQLException;
}
