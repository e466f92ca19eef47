package dev.recount.query.timeline;

import dev.recount.query.consistency.BatchedReads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the timelines of issues. */
@Component
final class Timelines {

    /** Ordered by sequence, not by time, because the clocks of two nodes may differ. */
    private static final String SELECT = """
        SELECT issue_id, type, happened_at, details, sequence, version, actor
        FROM timeline_entry
        WHERE issue_id = ANY (?)
        ORDER BY issue_id, sequence
        """;

    private final JdbcClient database;
    private final BatchedReads<Long, List<TimelineEntry>> reads = new BatchedReads<>(this::find);

    Timelines(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /** The entries in the order in which they happened: at least the creation, or none if the issue does not exist. */
    List<TimelineEntry> of(long issueId) {
        return reads.read(issueId).orElse(List.of());
    }

    private Map<Long, List<TimelineEntry>> find(Collection<Long> issues) {
        var timelines = new HashMap<Long, List<TimelineEntry>>();
        database.sql(SELECT).param(issues.toArray(Long[]::new)).query(row -> {
            timelines
                    .computeIfAbsent(row.getLong("issue_id"), _ -> new ArrayList<>())
                    .add(entry(row));
        });
        return timelines;
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
