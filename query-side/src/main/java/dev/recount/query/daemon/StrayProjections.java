package dev.recount.query.daemon;

import dev.recount.query.projection.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds projections that have applied events that the log does not have, and marks their rows. They stay where they are
 * until they are rebuilt, even if the log grows beyond them again.
 */
final class StrayProjections {

    /** True also if the log has another event at the position than was applied. */
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

    /** Marks further projections, and returns their names. */
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

    /** Checks again while the row is locked, because a rebuild may just have ended. */
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
