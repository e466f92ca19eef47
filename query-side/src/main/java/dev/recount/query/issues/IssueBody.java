package dev.recount.query.issues;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An issue in a list, as JSON. */
record IssueBody(
        long id,
        String title,
        String description,
        String status,
        @Nullable Long assignee,
        String priority,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The columns after {@code id}, {@code title} and {@code description}, in tables of the present and the past. */
    static final String COLUMNS = "status, assignee, priority, version, created_at, updated_at";

    /** Reads the columns by name; {@code id}, {@code title} and {@code description} are among them. */
    static IssueBody read(ResultSet row) throws SQLException {
        return new IssueBody(
                row.getLong("id"),
                row.getString("title"),
                row.getString("description"),
                row.getString("status"),
                row.getObject("assignee", Long.class),
                row.getString("priority"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
