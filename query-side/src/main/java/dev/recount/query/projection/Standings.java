package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Where the log ends and where each projection stands, by name, seen in one snapshot of the database. */
public record Standings(long head, Map<String, Standing> standings) {

    /** Both sides in one statement: a projection seen at the head has applied every event that was there. */
    private static final String SELECT = """
        SELECT
            name,
            position,
            edition,
            generation > 0 AS filled,
            (SELECT coalesce(max(position), 0) FROM event_log) AS head
        FROM projection
        """;

    /**
     * A projection as its row has it.
     *
     * @param position of the last event that it has applied
     * @param edition changes whenever its rows do otherwise than by going on in the log
     * @param filled false while it is filled for the first time, and has nothing to show until then
     */
    public record Standing(long position, long edition, boolean filled) {}

    /** @throws IllegalArgumentException for a projection that nobody registered */
    public Standing of(String projection) {
        var standing = standings.get(projection);
        if (standing == null) {
            throw new IllegalArgumentException("no projection " + projection);
        }
        return standing;
    }

    static Standings read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(SELECT);
                var rows = select.executeQuery()) {
            var standings = new HashMap<String, Standing>();
            var head = 0L;
            while (rows.next()) {
                standings.put(rows.getString(1), new Standing(rows.getLong(2), rows.getLong(3), rows.getBoolean(4)));
                head = rows.getLong(5);
            }
            return new Standings(head, Map.copyOf(standings));
        }
    }
}
