package dev.recount.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** The events that were discarded for a projection; every generation goes without them. */
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

    /**
     * The number of discarded events up to the position. Discards are never undone, so an equal number means the same
     * events.
     */
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

    /** @param removed number of discarded events in the window, including unreadable ones */
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
