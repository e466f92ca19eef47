package dev.recount.query.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads imports. */
@Component
final class Imports {

    /** A batch of an import takes far less time. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final String SELECT = """
        SELECT import_id, state, total_rows, created, failed, withdrawn, kept, actor, started_at, advanced_at, undone_at,
            undone_by
        FROM import_run
        WHERE import_id = ?
        """;
    private static final String SELECT_ISSUES = """
        SELECT issue_id, row_number, state
        FROM import_issue
        WHERE import_id = ?
        ORDER BY row_number
        LIMIT ? OFFSET ?
        """;

    private final JdbcClient database;
    private final InstantSource clock;

    /** An import without its issues. */
    record Summary(
            UUID importId,
            ImportState state,
            long totalRows,
            long created,
            long failed,
            long withdrawn,
            long kept,
            @Nullable Long actor,
            Instant startedAt,
            Instant advancedAt,
            @Nullable Instant undoneAt,
            @Nullable Long undoneBy) {}

    /** An issue and the row it was created from; its state is created, withdrawn or kept. */
    record Issue(long id, long row, String state) {}

    Imports(DataSource dataSource, InstantSource clock) {
        this.database = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    Optional<Summary> find(UUID importId) {
        return database.sql(SELECT)
                .param(importId)
                .query((row, number) -> summary(row))
                .optional();
    }

    List<Issue> issues(UUID importId, long offset, int limit) {
        return database.sql(SELECT_ISSUES)
                .params(importId, limit, offset)
                .query((row, number) -> new Issue(row.getLong(1), row.getLong(2), row.getString(3)))
                .list();
    }

    private Summary summary(ResultSet row) throws SQLException {
        var advancedAt = Objects.requireNonNull(time(row, "advanced_at"));
        return new Summary(
                row.getObject("import_id", UUID.class),
                state(row.getString("state"), advancedAt, row.getLong("withdrawn")),
                row.getLong("total_rows"),
                row.getLong("created"),
                row.getLong("failed"),
                row.getLong("withdrawn"),
                row.getLong("kept"),
                row.getObject("actor", Long.class),
                Objects.requireNonNull(time(row, "started_at")),
                advancedAt,
                time(row, "undone_at"),
                row.getObject("undone_by", Long.class));
    }

    /**
     * Reports a running import without progress for a minute as interrupted: a killed process cannot record its end.
     */
    private ImportState state(String stored, Instant advancedAt, long withdrawn) {
        var state = ImportState.of(stored);
        if (state == ImportState.UNDONE) {
            return state;
        }
        if (withdrawn > 0) {
            return ImportState.UNDOING;
        }
        var silent = advancedAt.plus(SILENCE).isBefore(clock.instant());
        return state == ImportState.RUNNING && silent ? ImportState.INTERRUPTED : state;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
