package dev.recount.query.daemon;

import dev.recount.query.projection.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the projections that have applied events which the log does not have, and notes it in their rows: they stay where they
 * are until they are rebuilt, also when the log has grown beyond them again.
 */
final class StrayProjections {

    /** Also an event that is another one than was applied. */
    private static final String STRAYED = """
            generation > 0
            AND ahead_of IS NULL
            AND (position > log.head
                OR last_event <> (SELECT event_id FROM event_log WHERE event_log.position = projection.position))
        """;

    private static final String FIND = """
        SELECT name
        FROM projection
        CROSS JOIN (SELECT coalesce(max(position), 0) AS head FROM event_log) AS log
        WHERE
        """ + STRAYED + "ORDER BY name";

    private static final String HOLD = """
        SELECT name
        FROM projection
        WHERE name = ?
        FOR UPDATE SKIP LOCKED
        """;

    private static final String NOTE = """
        UPDATE projection
        SET ahead_of = log.head
        FROM (SELECT coalesce(max(position), 0) AS head FROM event_log) AS log
        WHERE name = ? AND
        """ + STRAYED;

    private final Transactions transactions;

    StrayProjections(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Looks for further ones, and returns their names. */
    List<String> find() {
        return transactions.run(StrayProjections::names).stream()
                .filter(name -> transactions.run(connection -> note(connection, name)))
                .toList();
    }

    private static List<String> names(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(FIND);
                var row = select.executeQuery()) {
            var names = new ArrayList<String>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    /** Looks again while the projection stands still: a rebuild may have ended just now. */
    private static boolean note(Connection connection, String name) throws SQLException {
        try (var hold = connection.prepareStatement(HOLD);
                var note = connection.prepareStatement(NOTE)) {
            hold.setString(1, name);
            note.setString(1, name);
            try (var held = hold.executeQuery()) {
                return held.next() && note.executeUpdate() == 1;
            }
        }
    }
}
