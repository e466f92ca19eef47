package dev.recount.query.issues;

import static java.util.stream.Collectors.joining;

import dev.recount.query.timetravel.AsOf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads pages of past states of the issue list, newest first. */
@Component
final class PastIssueList {

    private final JdbcClient database;

    PastIssueList(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    IssueList.Slice slice(AsOf moment, IssueFilter filter, long offset, int limit) {
        return database.sql(select(
                        count(condition("%s", filter), condition("%s_before", filter)),
                        page(condition("state.%s", filter), limit)))
                .params(filter.byColumn())
                .param("position", moment.position())
                .param("block", moment.position() / IssueHistoryTables.BLOCK)
                .param("at", moment.at().atOffset(ZoneOffset.UTC))
                .param("offset", offset)
                .query(PastIssueList::sliceOf);
    }

    /** Count and page in one snapshot. */
    private static String select(String count, String page) {
        return """
            WITH counted AS MATERIALIZED (%s)
            SELECT page.*, counted.count
            FROM counted
            LEFT JOIN LATERAL (%s) AS page ON true
            ORDER BY page.created_at DESC, page.id DESC
            """.formatted(count, page);
    }

    private static IssueList.Slice sliceOf(ResultSet row) throws SQLException {
        var count = 0L;
        var issues = new ArrayList<IssueBody>();
        while (row.next()) {
            count = row.getLong("count");
            if (row.getObject("id") != null) {
                issues.add(IssueBody.read(row));
            }
        }
        return new IssueList.Slice(count, issues);
    }

    /** The counts up to the block of the position, plus the changes by the states within that block. */
    private static String count(String condition, String conditionBefore) {
        return """
            SELECT coalesce((
                    SELECT sum(difference)
                    FROM issue_state_count
                    WHERE block < :block AND %1$s
                ), 0)::bigint + (
                    SELECT count(*) FILTER (WHERE NOT withdrawn AND %1$s) - count(*) FILTER (WHERE status_before IS NOT NULL AND %2$s)
                    FROM issue_state
                    WHERE from_position >= :block * %3$d AND from_position <= :position
                ) AS count
            """.formatted(condition, conditionBefore, IssueHistoryTables.BLOCK);
    }

    /**
     * Scans the index of all issues, newest first, with one probe for the state of each until the page is full. The
     * limit is part of the SQL text for the same reason as in {@link IssueList}.
     */
    private static String page(String condition, int limit) {
        return """
            SELECT page.issue_id AS id, title, coalesce(description, '') AS description, %s
            FROM (
                SELECT state.*
                FROM issue_state AS created
                CROSS JOIN LATERAL (
                    SELECT *
                    FROM issue_state
                    WHERE issue_id = created.issue_id AND from_position <= :position
                    ORDER BY from_position DESC
                    LIMIT 1
                ) AS state
                WHERE created.sequence = 0 AND created.created_at <= :at AND created.from_position <= :position
                    AND NOT state.withdrawn AND %s AND :offset < counted.count
                ORDER BY created.created_at DESC, created.issue_id DESC
                LIMIT %d OFFSET :offset
            ) AS page
            LEFT JOIN issue_description AS described
                ON described.issue_id = page.issue_id AND described.position = page.description_position
            """.formatted(IssueBody.COLUMNS, condition, limit);
    }

    /** @param column format of a column's name */
    private static String condition(String column, IssueFilter filter) {
        return filter.byColumn().keySet().stream()
                .map(name -> " AND " + column.formatted(name) + " = :" + name)
                .collect(joining("", "true", ""));
    }
}
