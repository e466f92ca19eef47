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

    private static final String COUNT = """
        SELECT count(*)
        FROM discarded_event
        WHERE projection = ? AND position <= ?
        """;

    private DiscardedEvents() {}

    /** How many there are up to the position; they are never taken back, so as many as before are the same as before. */
    static long count(Connection connection, String projection, long upTo) throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            select.setString(1, projection);
            select.setLong(2, upTo);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** @param removed how many the projection goes without in the window, also where none of them can be read */
    record Wanted(LogWindow window, long removed) {}

    static Wanted remove(Connection connection, String projection, LogWindow window) throws SQLException {
        var discarded = positions(connection, projection, window);
        var wanted = discarded.isEmpty()
                ? window
                : new LogWindow(
                        window.after(),
                        window.upTo(),
                        window.events().stream()
                                .filter(event -> !discarded.contains(event.position()))
                                .toList());
        return new Wanted(wanted, discarded.size());
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
