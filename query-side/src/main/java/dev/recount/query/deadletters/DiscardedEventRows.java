package dev.recount.query.deadletters;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements on the table of discarded events. */
final class DiscardedEventRows {

    private static final String INSERT = """
        INSERT INTO discarded_event (projection, position, stream, cause, reason, actor, discarded_at)
        VALUES (?, ?, ?, ?, ?, ?, now())
        """;
    private static final String COUNT = """
        SELECT count(*)
        FROM discarded_event
        WHERE projection = ?
        """;
    private static final String SELECT_PAGE = """
        SELECT
            discarded.projection, discarded.position, discarded.stream, event.sequence, event.type,
            discarded.cause, discarded.reason, discarded.actor, discarded.discarded_at
        FROM discarded_event AS discarded
        JOIN event_log AS event ON event.position = discarded.position
        WHERE discarded.projection = ? AND discarded.position > ?
        ORDER BY discarded.position
        LIMIT ?
        """;

    private DiscardedEventRows() {}

    static void insert(Connection connection, DeadLetter letter, String reason, @Nullable Long actor)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, letter.projection());
            insert.setLong(2, letter.position());
            insert.setString(3, letter.stream());
            insert.setString(4, letter.cause());
            insert.setString(5, reason);
            insert.setObject(6, actor);
            insert.executeUpdate();
        }
    }

    static long count(Connection connection, String projection) throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            select.setString(1, projection);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The discarded events in log order. */
    static List<DiscardedEvent> page(Connection connection, String projection, long after, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(SELECT_PAGE)) {
            select.setString(1, projection);
            select.setLong(2, after);
            select.setInt(3, limit);
            try (var row = select.executeQuery()) {
                var events = new ArrayList<DiscardedEvent>();
                while (row.next()) {
                    events.add(event(row));
                }
                return events;
            }
        }
    }

    private static DiscardedEvent event(ResultSet row) throws SQLException {
        return new DiscardedEvent(
                row.getString("projection"),
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("sequence"),
                row.getString("type"),
                row.getString("cause"),
                row.getString("reason"),
                row.getObject("actor", Long.class),
                Objects.requireNonNull(row.getObject("discarded_at", OffsetDateTime.class))
                        .toInstant());
    }
}
