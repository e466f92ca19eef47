package dev.recount.query.reports;

import dev.recount.query.projection.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of {@link ResolutionProjection}: one per table and batch, whatever the number of rows. */
final class ResolutionTables {

    private static final String SELECT_ISSUES = """
        SELECT issue_id, created_at, resolved_at, sequence
        FROM resolution_issue
        WHERE issue_id = ANY (?)
        """;
    private static final String UPSERT_ISSUES = """
        INSERT INTO resolution_issue (issue_id, created_at, resolved_at, sequence)
        SELECT *
        FROM unnest(?, ?, ?, ?)
        ON CONFLICT (issue_id) DO UPDATE
        SET resolved_at = excluded.resolved_at, sequence = excluded.sequence
        """;
    /** Rows that come to zero go, so that the table is the same however the log was cut into batches. */
    private static final String COUNT = """
        MERGE INTO resolution_bucket AS kept
        USING (
            SELECT bucket::int, issue_count, total_micros::numeric
            FROM unnest(?, ?, ?) AS changes (bucket, issue_count, total_micros)
        ) AS change
        ON kept.bucket = change.bucket
        WHEN MATCHED AND kept.issue_count + change.issue_count = 0 THEN
            DELETE
        WHEN MATCHED THEN
            UPDATE SET
                issue_count = kept.issue_count + change.issue_count,
                total_micros = kept.total_micros + change.total_micros
        WHEN NOT MATCHED THEN
            INSERT (bucket, issue_count, total_micros)
            VALUES (change.bucket, change.issue_count, change.total_micros)
        """;

    private ResolutionTables() {}

    /** Those of the issues that there are. */
    static Map<Long, Resolution> read(Connection connection, Collection<Long> ids) throws SQLException {
        var issues = new HashMap<Long, Resolution>();
        try (var select = connection.prepareStatement(SELECT_ISSUES)) {
            select.setArray(1, new Columns<>(connection, ids).bigints(id -> id));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var issue = resolution(row);
                    issues.put(issue.issueId(), issue);
                }
            }
        }
        return issues;
    }

    private static Resolution resolution(ResultSet row) throws SQLException {
        return new Resolution(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                instant(row.getObject(3, OffsetDateTime.class)),
                row.getLong(4));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static void write(Connection connection, Collection<Resolution> issues) throws SQLException {
        var columns = new Columns<>(connection, issues);
        try (var upsert = connection.prepareStatement(UPSERT_ISSUES)) {
            upsert.setArray(1, columns.bigints(Resolution::issueId));
            upsert.setArray(2, columns.instants(Resolution::createdAt));
            upsert.setArray(3, columns.instants(Resolution::resolvedAt));
            upsert.setArray(4, columns.bigints(Resolution::sequence));
            upsert.executeUpdate();
        }
    }

    /** Adds the differences to the counts; one that would make a count negative is refused. */
    static void count(Connection connection, Collection<BucketDifference> differences) throws SQLException {
        if (differences.isEmpty()) {
            return;
        }
        var columns = new Columns<>(connection, differences);
        try (var merge = connection.prepareStatement(COUNT)) {
            merge.setArray(1, columns.bigints(difference -> (long) difference.bucket()));
            merge.setArray(2, columns.bigints(BucketDifference::issueCount));
            merge.setArray(
                    3, columns.texts(difference -> difference.totalMicros().toString()));
            merge.executeUpdate();
        }
    }
}
