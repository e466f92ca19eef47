package dev.recount.query.deadletters;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements on the table of dead letters. */
final class DeadLetterRows {

    private static final String PARKED_STREAMS = """
        SELECT DISTINCT stream
        FROM dead_letter
        WHERE projection = ? AND stream = ANY (?)
        """;
    private static final String PARK = """
        INSERT INTO dead_letter (projection, position, stream, cause, attempts, parked_at, tried_at)
        SELECT ?, position, stream, cause, attempts, now(), CASE WHEN cause IS NOT NULL THEN now() END
        FROM (SELECT position, stream, ? AS cause, ? AS attempts FROM unnest(?, ?) AS event (position, stream)) AS event
        """;
    private static final String COUNT_POISON = """
        SELECT count(*)
        FROM dead_letter
        WHERE projection = ? AND cause IS NOT NULL
        """;
    private static final String SELECT = """
        SELECT
            letter.projection, letter.position, letter.stream, event.sequence, event.type,
            letter.cause, letter.attempts, letter.parked_at, letter.tried_at,
            (
                SELECT count(*)
                FROM dead_letter AS behind
                WHERE behind.projection = letter.projection
                  AND behind.stream = letter.stream
                  AND behind.position > letter.position
            ) AS waiting
        FROM dead_letter AS letter
        JOIN event_log AS event ON event.position = letter.position
        """;
    private static final String SELECT_PAGE = SELECT + """
        WHERE letter.projection = ? AND letter.cause IS NOT NULL AND letter.position > ?
        ORDER BY letter.position
        LIMIT ?
        """;
    private static final String SELECT_ONE = SELECT + """
        WHERE letter.projection = ? AND letter.position = ?
        """;
    private static final String POSITIONS_OF_STREAM = """
        SELECT position
        FROM dead_letter
        WHERE projection = ? AND stream = ?
        ORDER BY position
        """;
    private static final String DELETE = """
        DELETE FROM dead_letter
        WHERE projection = ? AND position = ANY (?)
        """;
    private static final String REFUSE_AGAIN = """
        UPDATE dead_letter
        SET cause = ?, attempts = attempts + 1, tried_at = now()
        WHERE projection = ? AND position = ?
        """;

    private DeadLetterRows() {}

    /** The streams, among those given, that have letters. */
    static Set<String> parkedStreams(Connection connection, String projection, Collection<String> streams)
            throws SQLException {
        try (var select = connection.prepareStatement(PARKED_STREAMS)) {
            select.setString(1, projection);
            select.setArray(2, new Columns<>(connection, streams).texts(stream -> stream));
            try (var row = select.executeQuery()) {
                var parked = new HashSet<String>();
                while (row.next()) {
                    parked.add(row.getString(1));
                }
                return parked;
            }
        }
    }

    /** Makes the commit wait for the disk, because a crash must not undo what was reported to an operator. */
    static void waitForDisk(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("SET LOCAL synchronous_commit = on");
        }
    }

    /** @param cause null for events that only wait */
    static void park(Connection connection, String projection, List<LoggedEvent> events, @Nullable String cause)
            throws SQLException {
        var columns = new Columns<>(connection, events);
        try (var insert = connection.prepareStatement(PARK)) {
            insert.setString(1, projection);
            insert.setString(2, cause);
            insert.setInt(3, cause == null ? 0 : 1);
            insert.setArray(4, columns.bigints(LoggedEvent::position));
            insert.setArray(5, columns.texts(LoggedEvent::stream));
            insert.executeUpdate();
        }
    }

    /** Number of refused events that are still parked. */
    static long countPoison(Connection connection, String projection) throws SQLException {
        try (var select = connection.prepareStatement(COUNT_POISON)) {
            select.setString(1, projection);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The refused events in log order. */
    static List<DeadLetter> page(Connection connection, String projection, long after, int limit) throws SQLException {
        try (var select = connection.prepareStatement(SELECT_PAGE)) {
            select.setString(1, projection);
            select.setLong(2, after);
            select.setInt(3, limit);
            return letters(select);
        }
    }

    static Optional<DeadLetter> find(Connection connection, String projection, long position) throws SQLException {
        try (var select = connection.prepareStatement(SELECT_ONE)) {
            select.setString(1, projection);
            select.setLong(2, position);
            return letters(select).stream().findFirst();
        }
    }

    private static List<DeadLetter> letters(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            var letters = new ArrayList<DeadLetter>();
            while (row.next()) {
                letters.add(letter(row));
            }
            return letters;
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        var triedAt = row.getObject("tried_at", OffsetDateTime.class);
        return new DeadLetter(
                row.getString("projection"),
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("sequence"),
                row.getString("type"),
                row.getString("cause"),
                row.getInt("attempts"),
                Objects.requireNonNull(row.getObject("parked_at", OffsetDateTime.class))
                        .toInstant(),
                triedAt == null ? null : triedAt.toInstant(),
                row.getLong("waiting"));
    }

    /** The positions in log order. */
    static List<Long> positionsOf(Connection connection, String projection, String stream) throws SQLException {
        try (var select = connection.prepareStatement(POSITIONS_OF_STREAM)) {
            select.setString(1, projection);
            select.setString(2, stream);
            try (var row = select.executeQuery()) {
                var positions = new ArrayList<Long>();
                while (row.next()) {
                    positions.add(row.getLong(1));
                }
                return positions;
            }
        }
    }

    static void delete(Connection connection, String projection, Collection<Long> positions) throws SQLException {
        try (var delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, projection);
            delete.setArray(2, new Columns<>(connection, positions).bigints(position -> position));
            delete.executeUpdate();
        }
    }

    static void refuseAgain(Connection connection, String projection, long position, String cause) throws SQLException {
        try (var update = connection.prepareStatement(REFUSE_AGAIN)) {
            update.setString(1, cause);
            update.setString(2, projection);
            update.setLong(3, position);
            update.executeUpdate();
        }
    }
}
