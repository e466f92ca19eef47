package dev.recount.query.deadletters;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Applies events so that a refusal leaves no changes, and the transaction goes on. */
final class SavepointAttempt {

    private SavepointAttempt() {}

    /**
     * Returns the refusal; empty if the events were applied.
     *
     * <p>Deferred constraints are checked now. At the commit it would be too late to identify the event.
     *
     * @throws SQLException and RuntimeException for failures that are not caused by the events
     */
    static Optional<Exception> apply(Projection projection, List<LoggedEvent> events, Connection connection)
            throws SQLException {
        var before = connection.setSavepoint();
        try {
            projection.apply(events, connection);
            try (var constraints = connection.createStatement()) {
                constraints.execute("SET CONSTRAINTS ALL IMMEDIATE");
            }
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (SQLException | RuntimeException failure) {
            if (!EventFaults.isIn(failure)) {
                throw failure;
            }
            connection.rollback(before);
            return Optional.of(failure);
        }
    }
}
