package dev.recount.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** The events that somebody said a projection goes without: it goes without them in every generation. */
final class DiscardedEvents {

    private static final String SELECT = """
        SELECT position
        FROM discarded_event
        WHERE projection = ? AND position > ? AND position <= ?
        """;

    private DiscardedEvents() {}

    static LogWindow remove(Connection connection, String projection, LogWindow window) throws SQLException {
        var discarded = positions(connection, projection, window);
        return discarded.isEmpty()
                ? window
                : new LogWindow(
                        window.after(),
                        window.upTo(),
                        window.events().stream()
                                .filter(event -> !discarded.contains(event.position()))
                                .toList());
    }

    private static Set<Long> positions(Connection connection, String projection, LogWindow window) throws SQLException {
        try (var select = connection.prepareStatement(SELECT)) {
            select.setString(1, projection);
            select.setLong(2, window.after());
            select.setLong(3, window.upTo());
            var positions = new HashSet<Long>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    positions.add(row.getLong(1));
                }
            }
            return positions;
        }
    }
}
