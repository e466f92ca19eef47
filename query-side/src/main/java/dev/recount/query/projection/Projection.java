package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A read model that is derived from the log: a stored name, a version, tables, and one method that applies a batch.
 *
 * <p>Its SQL names its tables without a schema. So another generation of them can be filled beside the live one by
 * changing only the {@code search_path}.
 */
public interface Projection {

    /** The stored name, such as {@code issue-list}. It never changes. */
    String name();

    /**
     * Incremented when the same events lead to different rows. If it is higher than the stored version, the tables are
     * filled again.
     */
    int version();

    /** The tables; they contain only rows written by {@link #apply}. */
    List<String> tables();

    /**
     * How long events may gather before the projection applies them, unless a read waits for it. Larger batches cost
     * the write side less per event.
     */
    default Duration batchDelay() {
        return Duration.ZERO;
    }

    /**
     * Applies the batch and writes the resulting rows, in the open transaction of the connection.
     *
     * <p>The batch has every event of the log once, in the order of positions, relevant to this projection or not.
     * Excluded are only dead letters and the events that wait behind them in their streams. An event that cannot be
     * applied must raise an exception and must never be skipped. It is then identified and parked as a dead letter, and
     * its stream with it.
     */
    void apply(List<LoggedEvent> batch, Connection connection) throws SQLException;
}
