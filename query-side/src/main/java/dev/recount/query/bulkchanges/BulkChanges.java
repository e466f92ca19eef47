package dev.recount.query.bulkchanges;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads bulk changes. */
@Component
final class BulkChanges {

    private static final String SELECT = """
        SELECT bulk_id, actor, applied_at, undone_at, undone_by
        FROM bulk_change
        WHERE bulk_id = ?
        """;
    private static final String SELECT_ISSUES = """
        SELECT issue_id, from_status, to_status, from_priority, to_priority, version, state
        FROM bulk_change_issue
        WHERE bulk_id = ?
        ORDER BY place
        """;

    private final JdbcClient database;

    /**
     * A bulk change as JSON.
     *
     * @param state applied or undone
     */
    record Body(
            UUID bulkId,
            String state,
            @Nullable Long actor,
            Instant appliedAt,
            @Nullable Instant undoneAt,
            @Nullable Long undoneBy,
            List<Issue> issues) {}

    /**
     * @param priority absent if the change left the priority as it was
     * @param version version of the issue after the change
     * @param state changed or unchanged; after an undo restored, unchanged or kept
     */
    record Issue(
            long id,
            String from,
            String to,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Priority priority,

            long version,
            String state) {}

    record Priority(String from, String to) {}

    BulkChanges(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    Optional<Body> find(UUID bulkId) {
        return database.sql(SELECT)
                .param(bulkId)
                .query((row, number) -> body(row, issues(bulkId)))
                .optional();
    }

    private List<Issue> issues(UUID bulkId) {
        return database.sql(SELECT_ISSUES)
                .param(bulkId)
                .query((row, number) -> new Issue(
                        row.getLong("issue_id"),
                        row.getString("from_status"),
                        row.getString("to_status"),
                        priority(row),
                        row.getLong("version"),
                        row.getString("state")))
                .list();
    }

    private static @Nullable Priority priority(ResultSet row) throws SQLException {
        var to = row.getString("to_priority");
        return to == null ? null : new Priority(row.getString("from_priority"), to);
    }

    private static Body body(ResultSet row, List<Issue> issues) throws SQLException {
        var undoneAt = row.getObject("undone_at", OffsetDateTime.class);
        return new Body(
                row.getObject("bulk_id", UUID.class),
                undoneAt == null ? "applied" : "undone",
                row.getObject("actor", Long.class),
                Objects.requireNonNull(row.getObject("applied_at", OffsetDateTime.class))
                        .toInstant(),
                undoneAt == null ? null : undoneAt.toInstant(),
                row.getObject("undone_by", Long.class),
                issues);
    }
}
