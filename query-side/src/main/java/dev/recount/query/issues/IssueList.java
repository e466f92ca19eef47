package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads pages of the list of issues, newest first. */
@Component
final class IssueList {

    /**
     * Count and page in one snapshot and one round trip, also where the page is empty. The page is found in the index
     * that fits the filters; the rows before it are not read, and none at all if it lies past the end.
     */
    private static final String SELECT = """
        SELECT counted.count, issue.*
        FROM (SELECT coalesce((SELECT count FROM issue_count WHERE scope = ?), 0) AS count) AS counted
        LEFT JOIN LATERAL (
            SELECT id, title, description, status, assignee, version, created_at, updated_at
            FROM (
                SELECT id
                FROM issue_row
                WHERE ? < counted.count %s
                ORDER BY created_at DESC, id DESC
                LIMIT ? OFFSET ?
            ) AS page
            JOIN issue_row USING (id)
        ) AS issue ON true
        ORDER BY issue.created_at DESC, issue.id DESC
        """;

    private static final String ALL = SELECT.formatted("");
    private static final String BY_STATUS = SELECT.formatted("AND status = ?");
    private static final String BY_ASSIGNEE = SELECT.formatted("AND assignee = ?");
    private static final String BY_STATUS_AND_ASSIGNEE = SELECT.formatted("AND status = ? AND assignee = ?");

    private final JdbcClient database;

    /** What a list shows: the issues of one page and the count of all. */
    record Slice(long count, List<IssueBody> issues) {}

    IssueList(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    Slice slice(Optional<IssueStatus> status, OptionalLong assignee, long offset, int limit) {
        var parameters = new ArrayList<Object>();
        parameters.add(IssueScope.of(status, assignee));
        parameters.add(offset);
        status.ifPresent(value -> parameters.add(value.wireName()));
        assignee.ifPresent(parameters::add);
        parameters.add(limit);
        parameters.add(offset);
        return database.sql(sqlFor(status, assignee)).params(parameters).query(IssueList::sliceOf);
    }

    private static String sqlFor(Optional<IssueStatus> status, OptionalLong assignee) {
        if (status.isEmpty()) {
            return assignee.isEmpty() ? ALL : BY_ASSIGNEE;
        }
        return assignee.isEmpty() ? BY_STATUS : BY_STATUS_AND_ASSIGNEE;
    }

    private static Slice sliceOf(ResultSet row) throws SQLException {
        var count = 0L;
        var issues = new ArrayList<IssueBody>();
        while (row.next()) {
            count = row.getLong(1);
            var id = row.getLong(2);
            if (!row.wasNull()) {
                issues.add(new IssueBody(
                        id,
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, Long.class),
                        row.getLong(7),
                        row.getObject(8, OffsetDateTime.class).toInstant(),
                        row.getObject(9, OffsetDateTime.class).toInstant()));
            }
        }
        return new Slice(count, issues);
    }
}
