package dev.recount.eventstore.read;

import dev.recount.eventstore.database.SqlErrors;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs the statements that read the log. */
public final class LogReader {

    /** Payloads reach a megabyte, so a read is bounded by size as well as by count. At least one event is returned. */
    static final long MAX_CHARS = 8 << 20;

    private static final int FETCH_SIZE = 128;

    /**
     * The columns that {@link #read} expects a query to select. Large payloads are left out and read one by one. The
     * driver fetches a fixed number of rows at a time, however large they are. Stored sizes cost nothing to read, and
     * even the best compression does not hide a large payload in so few bytes.
     */
    static final String COLUMNS = "position, stream, sequence, event_id, type, revision,"
            + " CASE WHEN pg_column_size(payload) <= 4000 THEN payload::text END, metadata::text, recorded_at";

    private static final String LARGE_PAYLOAD = "SELECT payload::text FROM event_log WHERE position = ?";

    private static final String READ_AFTER = "SELECT " + COLUMNS + """

        FROM event_log
        WHERE position > ?
        ORDER BY position
        LIMIT ?
        """;

    private static final String READ_STREAM = "SELECT " + COLUMNS + """

        FROM event_log
        WHERE stream = ? AND sequence >= ?
        ORDER BY sequence
        LIMIT ?
        """;

    private static final String HEAD = "SELECT coalesce(max(position), 0) FROM event_log";

    private static final String LAST_SEQUENCE = "SELECT max(sequence) FROM event_log WHERE stream = ?";

    private static final String POSITION_BEFORE =
            "SELECT coalesce(min(position) - 1, (SELECT coalesce(max(position), 0) FROM event_log))"
                    + " FROM event_log WHERE recorded_at >= ?";

    private static final String STREAM_BEYOND = """
        SELECT name
        FROM unnest(?, ?) AS seen (name, last)
        WHERE EXISTS (SELECT FROM event_log WHERE stream = name AND sequence > last)
        ORDER BY name
        LIMIT 1
        """;

    private final DataSource dataSource;

    public LogReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    long head() {
        return queryLong("Reading the head of the log", HEAD, null).orElse(0);
    }

    static long head(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEAD);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    OptionalLong lastSequence(String stream) {
        return queryLong("Reading the last sequence of " + stream, LAST_SEQUENCE, stream);
    }

    /** One of the streams with events after the given sequences. The sequence -1 means before the first event. */
    Optional<String> streamBeyond(Map<String, Long> sequences) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(STREAM_BEYOND)) {
            statement.setArray(
                    1, connection.createArrayOf("text", sequences.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("bigint", sequences.values().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqlErrors.translate("Comparing " + sequences.size() + " streams with the log", e);
        }
    }

    /** The position before the first event recorded at or after {@code instant}, or the head if there is none. */
    long positionBefore(Instant instant) {
        return queryLong(
                        "Looking for the position before " + instant, POSITION_BEFORE, instant.atOffset(ZoneOffset.UTC))
                .orElse(0);
    }

    /** Rows in order. {@code complete} means that there are no more. */
    record Page(List<EventRow> rows, boolean complete) {}

    Page readAfter(long position, int limit) {
        return read(
                "Reading the log after position " + position,
                READ_AFTER,
                statement -> {
                    statement.setLong(1, position);
                    statement.setInt(2, limit);
                },
                limit);
    }

    Page readStream(String stream, long fromSequence, int limit) {
        return readStream(stream, fromSequence, limit, MAX_CHARS);
    }

    Page readStream(String stream, long fromSequence, int limit, long mostChars) {
        return read(
                "Reading " + stream,
                READ_STREAM,
                statement -> {
                    statement.setString(1, stream);
                    statement.setLong(2, fromSequence);
                    statement.setInt(3, limit);
                },
                limit,
                mostChars);
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    interface Binding {

        void to(PreparedStatement statement) throws SQLException;
    }

    /**
     * Runs a query for events.
     *
     * @param sql selects the {@link #COLUMNS}
     * @param limit maximum number of rows that the query returns
     */
    Page read(String attempt, String sql, Binding binding, int limit) {
        return read(attempt, sql, binding, limit, MAX_CHARS);
    }

    /** @param mostChars of payloads, after which the page ends */
    Page read(String attempt, String sql, Binding binding, int limit, long mostChars) {
        try (Connection connection = dataSource.getConnection()) {
            // A cursor is worth its extra round trip only if more than one fetch may be needed.
            boolean cursor = limit > FETCH_SIZE;
            if (cursor) {
                connection.setAutoCommit(false);
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(cursor ? FETCH_SIZE : 0);
                binding.to(statement);
                return collect(statement, limit, mostChars);
            } finally {
                if (cursor) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(attempt, e);
        }
    }

    private static Page collect(PreparedStatement statement, int limit, long mostChars) throws SQLException {
        List<EventRow> page = new ArrayList<>();
        long chars = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (chars < mostChars) {
                if (!rows.next()) {
                    return new Page(page, page.size() < limit);
                }
                EventRow row = row(rows);
                chars += row.event().payload().length();
                page.add(row);
            }
        }
        return new Page(page, false);
    }

    private static EventRow row(ResultSet row) throws SQLException {
        String payload = row.getString(7);
        return new EventRow(
                row.getLong(1),
                new StoredEvent(
                        row.getString(2),
                        row.getLong(3),
                        row.getObject(4, UUID.class),
                        row.getString(5),
                        row.getInt(6),
                        payload != null
                                ? payload
                                : largePayload(row.getStatement().getConnection(), row.getLong(1)),
                        row.getString(8),
                        row.getObject(9, OffsetDateTime.class).toInstant()));
    }

    private static String largePayload(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LARGE_PAYLOAD)) {
            statement.setLong(1, position);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private OptionalLong queryLong(String attempt, String sql, @Nullable Object parameter) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setObject(1, parameter);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long value = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(attempt, e);
        }
    }
}
