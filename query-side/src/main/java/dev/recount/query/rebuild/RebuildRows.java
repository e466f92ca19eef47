package dev.recount.query.rebuild;

import dev.recount.query.generations.TableGeneration;
import dev.recount.query.generations.VerificationReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The statements on the table of runs. */
final class RebuildRows {

    /** Number of finished runs that are kept. */
    private static final int KEPT = 100;

    private static final long MICROS_TO_NANOS = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private static final String RUNNING = "phase NOT IN ('done', 'failed', 'cancelled', 'interrupted')";

    private static final String INSERT = """
        INSERT INTO rebuild (kind, projections, node, phase)
        VALUES (?, ?, ?, 'preparing')
        RETURNING id
        """;
    private static final String PROGRESS = """
        UPDATE rebuild
        SET phase = ?, events_done = ?, events_total = ?, events_per_second = ?, estimated_end = ?, swap_attempts = ?,
            longest_lock_micros = ?, updated_at = now()
        WHERE id = ? AND %s
        RETURNING cancel_requested
        """.formatted(RUNNING);
    private static final String SWAPPED = """
        UPDATE rebuild
        SET swapped = array_append(swapped, ?)
        WHERE id = ? AND NOT cancel_requested AND %s
        """.formatted(RUNNING);
    private static final String FINISH = """
        UPDATE rebuild
        SET phase = ?, cause = ?, failed_projection = ?, failed_position = ?, failed_stream = ?, failed_type = ?,
            report = ?::jsonb, estimated_end = NULL, updated_at = now(), finished_at = now()
        WHERE id = ? AND %s
        """.formatted(RUNNING);
    private static final String CANCEL = """
        UPDATE rebuild
        SET cancel_requested = true
        WHERE id = ? AND %s
        """.formatted(RUNNING);
    private static final String FORGET = """
        DELETE FROM rebuild
        WHERE NOT %s AND id <= (SELECT id FROM rebuild ORDER BY id DESC OFFSET %d LIMIT 1)
        """.formatted(RUNNING, KEPT);
    private static final String SELECT_RUNNING = "SELECT id FROM rebuild WHERE " + RUNNING;
    /** The projection that failed, or all of a run if none did. */
    private static final String SELECT_LATELY_ENDED = """
        SELECT coalesce(failed_projection, name)
        FROM rebuild
        CROSS JOIN unnest(projections) AS name
        WHERE kind = 'fill' AND phase IN ('failed', 'cancelled') AND finished_at > now() - interval '1 minute'
        """;

    private static final String SELECT = """
        SELECT *
        FROM rebuild
        WHERE id = ?
        """;
    private static final String SELECT_NEWEST = """
        SELECT *
        FROM rebuild
        ORDER BY id DESC
        LIMIT ?
        """;

    /** The progress that a running run stores. */
    record Progress(
            RebuildPhase phase,
            long done,
            long total,
            @Nullable Double rate,
            @Nullable Instant end,
            int swapAttempts,
            @Nullable Duration longestLock) {}

    private RebuildRows() {}

    static long insert(Connection connection, RebuildKind kind, List<String> projections, String node)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, kind.storedName());
            insert.setArray(2, connection.createArrayOf("text", projections.toArray()));
            insert.setString(3, node);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Stores the progress, and returns whether the run is to be cancelled; empty if another process has ended it. */
    static Optional<Boolean> progress(Connection connection, long id, Progress progress) throws SQLException {
        try (var update = connection.prepareStatement(PROGRESS)) {
            update.setString(1, progress.phase().storedName());
            update.setLong(2, progress.done());
            update.setLong(3, progress.total());
            update.setObject(4, progress.rate());
            update.setObject(5, progress.end() == null ? null : progress.end().atOffset(ZoneOffset.UTC));
            update.setInt(6, progress.swapAttempts());
            update.setObject(
                    7,
                    progress.longestLock() == null
                            ? null
                            : progress.longestLock().toNanos() / MICROS_TO_NANOS);
            update.setLong(8, id);
            try (var row = update.executeQuery()) {
                return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
            }
        }
    }

    /** Records the swap in its transaction, unless the run is to end; it cannot be ended before that commits. */
    static boolean swapped(Connection connection, long id, String projection) throws SQLException {
        try (var update = connection.prepareStatement(SWAPPED)) {
            update.setString(1, projection);
            update.setLong(2, id);
            return update.executeUpdate() == 1;
        }
    }

    static void finish(
            Connection connection,
            long id,
            RebuildPhase end,
            RebuildState.@Nullable Failure failure,
            @Nullable VerificationReport report)
            throws SQLException {
        try (var update = connection.prepareStatement(FINISH)) {
            update.setString(1, end.storedName());
            update.setString(2, failure == null ? null : failure.cause());
            update.setString(3, failure == null ? null : failure.projection());
            update.setObject(4, failure == null ? null : failure.position());
            update.setString(5, failure == null ? null : failure.stream());
            update.setString(6, failure == null ? null : failure.type());
            update.setString(7, report == null ? null : JSON.writeValueAsString(report));
            update.setLong(8, id);
            update.executeUpdate();
        }
        TableGeneration.execute(connection, FORGET);
    }

    static boolean requestCancel(Connection connection, long id) throws SQLException {
        try (var update = connection.prepareStatement(CANCEL)) {
            update.setLong(1, id);
            return update.executeUpdate() == 1;
        }
    }

    /** The runs that are not over according to their rows. */
    static List<Long> running(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(SELECT_RUNNING)) {
            var ids = new ArrayList<Long>();
            while (row.next()) {
                ids.add(row.getLong(1));
            }
            return ids;
        }
    }

    static Set<String> latelyGivenUp(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery(SELECT_LATELY_ENDED)) {
            var names = new HashSet<String>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    static Optional<RebuildState> find(Connection connection, long id) throws SQLException {
        return select(connection, SELECT, id).stream().findAny();
    }

    static List<RebuildState> newest(Connection connection, int limit) throws SQLException {
        return select(connection, SELECT_NEWEST, limit);
    }

    private static List<RebuildState> select(Connection connection, String sql, long parameter) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setLong(1, parameter);
            try (var row = select.executeQuery()) {
                var states = new ArrayList<RebuildState>();
                while (row.next()) {
                    states.add(state(row));
                }
                return states;
            }
        }
    }

    private static RebuildState state(ResultSet row) throws SQLException {
        var lock = row.getObject("longest_lock_micros", Long.class);
        return new RebuildState(
                row.getLong("id"),
                RebuildKind.of(row.getString("kind")),
                texts(row, "projections"),
                row.getString("node"),
                RebuildPhase.of(row.getString("phase")),
                row.getLong("events_done"),
                row.getLong("events_total"),
                row.getObject("events_per_second", Double.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row, "finished_at"),
                instant(row, "estimated_end"),
                row.getBoolean("cancel_requested"),
                texts(row, "swapped"),
                row.getInt("swap_attempts"),
                lock == null ? null : Duration.ofNanos(lock * MICROS_TO_NANOS),
                failure(row),
                report(row.getString("report")));
    }

    private static RebuildState.@Nullable Failure failure(ResultSet row) throws SQLException {
        var cause = row.getString("cause");
        return cause == null
                ? null
                : new RebuildState.Failure(
                        cause,
                        row.getString("failed_projection"),
                        row.getObject("failed_position", Long.class),
                        row.getString("failed_stream"),
                        row.getString("failed_type"));
    }

    private static @Nullable VerificationReport report(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, VerificationReport.class);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
