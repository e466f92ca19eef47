package dev.recount.query.rebuild;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the event of a window on which a projection fails, by bisection with savepoints; all changes are rolled back.
 */
record RefusedEventSearch(Projection projection, Connection connection) {

    private record Found(LoggedEvent event, Exception cause) {}

    /** The exception for a window that failed with {@code cause} and was rolled back. */
    RefusedEventException explain(LogWindow window, Exception cause) throws SQLException {
        try {
            return search(window.events())
                    .map(found -> RefusedEventException.of(projection.name(), found.event(), found.cause()))
                    .orElseGet(() -> RefusedEventException.of(projection.name(), window, cause));
        } finally {
            connection.rollback();
        }
    }

    /** Applies the events up to the one that fails, and returns that event. */
    private Optional<Found> search(List<LoggedEvent> events) throws SQLException {
        var before = connection.setSavepoint();
        try {
            projection.apply(events, connection);
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (SQLException | RuntimeException refusal) {
            connection.rollback(before);
            if (events.size() == 1) {
                return Optional.of(new Found(events.getFirst(), refusal));
            }
            var middle = events.size() / 2;
            var found = search(events.subList(0, middle));
            return found.isPresent() ? found : search(events.subList(middle, events.size()));
        }
    }
}
