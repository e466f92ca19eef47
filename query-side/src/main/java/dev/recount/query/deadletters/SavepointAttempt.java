package dev.recount.query.deadletters;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Applies events so that a refusal leaves nothing behind, and the transaction goes on. */
final class SavepointAttempt {

    private SavepointAttempt() {}

    /**
     * The refusal, empty where the events are applied.
     *
     * <p>Deferred constraints are asked now: at the commit it would be too late to say whose row was refused.
     *
     * @throws SQLException and RuntimeException for whatever is no fault of the events
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
