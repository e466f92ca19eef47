package dev.recount.query.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what happened to an issue. */
@Component
final class Timelines {

    /** By sequence and not by time, which two nodes' clocks may tell differently. */
    private static final String SELECT = """
        SELECT type, happened_at, details, sequence, version, actor
        FROM timeline_entry
        WHERE issue_id = ?
        ORDER BY sequence
        """;

    private final JdbcClient database;

    Timelines(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /** In the order in which it happened; at least the creation, and nothing at all for an issue that does not exist. */
    List<TimelineEntry> of(long issueId) {
        return database.sql(SELECT)
                .param(issueId)
                .query((row, number) -> entry(row))
                .list();
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        var type = TimelineType.of(row.getString("type"));
        return new TimelineEntry(
                type,
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                type.read(row.getString("details")),
                row.getLong("sequence"),
                row.getLong("version"),
                row.getObject("actor", Long.class));
    }
}
