package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the log ends and where each projection stands, seen in one snapshot of the database.
 *
 * @param unfilled those projections that are being filled for the first time, and have nothing to show until then
 */
public record Standings(long head, Map<String, Long> positions, Set<String> unfilled) {

    /** Both sides in one statement: a projection seen at the head has applied every event that was there. */
    private static final String SELECT = """
        SELECT name, position, (SELECT coalesce(max(position), 0) FROM event_log) AS head, generation = 0 AS unfilled
        FROM projection
        """;

    /** @throws IllegalArgumentException for a projection that nobody registered */
    public long positionOf(String projection) {
        var position = positions.get(projection);
        if (position == null) {
            throw new IllegalArgumentException("no projection " + projection);
        }
        return position;
    }

    static Standings read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(SELECT);
                var rows = select.executeQuery()) {
            var positions = new HashMap<String, Long>();
            var unfilled = new HashSet<String>();
            var head = 0L;
            while (rows.next()) {
                positions.put(rows.getString(1), rows.getLong(2));
                head = rows.getLong(3);
                if (rows.getBoolean(4)) {
                    unfilled.add(rows.getString(1));
                }
            }
            return new Standings(head, Map.copyOf(positions), Set.copyOf(unfilled));
        }
    }
}
