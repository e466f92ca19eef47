package dev.recount.query.reports;

import dev.recount.query.projection.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The statements of {@link AssigneeCountProjection}: one per table and batch, whatever the number of rows. */
final class AssigneeCountTables {

    private static final String SELECT_ISSUES = """
        SELECT issue_id, assignee, sequence
        FROM assignee_count_issue
        WHERE issue_id = ANY (?)
        """;
    private static final String UPSERT_ISSUES = """
        INSERT INTO assignee_count_issue (issue_id, assignee, sequence)
        SELECT *
        FROM unnest(?, ?, ?)
        ON CONFLICT (issue_id) DO UPDATE
        SET assignee = excluded.assignee, sequence = excluded.sequence
        """;
    /** Rows that come to zero go, so that the table is the same however the log was cut into batches. */
    private static final String COUNT = """
        MERGE INTO assignee_count AS kept
        USING unnest(?, ?) AS change (assignee, issue_count)
        ON kept.assignee = change.assignee
        WHEN MATCHED AND kept.issue_count + change.issue_count = 0 THEN
            DELETE
        WHEN MATCHED THEN
            UPDATE SET issue_count = kept.issue_count + change.issue_count
        WHEN NOT MATCHED THEN
            INSERT (assignee, issue_count) VALUES (change.assignee, change.issue_count)
        """;

    private AssigneeCountTables() {}

    /** Those of the issues that there are. */
    static Map<Long, AssignedIssue> read(Connection connection, Collection<Long> ids) throws SQLException {
        var issues = new HashMap<Long, AssignedIssue>();
        try (var select = connection.prepareStatement(SELECT_ISSUES)) {
            select.setArray(1, new Columns<>(connection, ids).bigints(id -> id));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var assignee = row.getObject(2, Long.class);
                    issues.put(row.getLong(1), new AssignedIssue(row.getLong(1), assignee, row.getLong(3)));
                }
            }
        }
        return issues;
    }

    static void write(Connection connection, Collection<AssignedIssue> issues) throws SQLException {
        var columns = new Columns<>(connection, issues);
        try (var upsert = connection.prepareStatement(UPSERT_ISSUES)) {
            upsert.setArray(1, columns.bigints(AssignedIssue::issueId));
            upsert.setArray(2, columns.bigints(AssignedIssue::assignee));
            upsert.setArray(3, columns.bigints(AssignedIssue::sequence));
            upsert.executeUpdate();
        }
    }

    /** Adds the differences to the counts; one that would make a count negative is refused. */
    static void count(Connection connection, Map<Long, Long> differences) throws SQLException {
        if (differences.isEmpty()) {
            return;
        }
        var columns = new Columns<>(connection, differences.entrySet());
        try (var merge = connection.prepareStatement(COUNT)) {
            merge.setArray(1, columns.bigints(Map.Entry::getKey));
            merge.setArray(2, columns.bigints(Map.Entry::getValue));
            merge.executeUpdate();
        }
    }
}
