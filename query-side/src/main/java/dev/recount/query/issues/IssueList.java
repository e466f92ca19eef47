package dev.recount.query.issues;

import dev.recount.events.IssuePriority;
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

    private static final String ISSUES = "SELECT id, title, description, " + IssueBody.COLUMNS + " FROM issue_row";

    private static final String NEWEST = " ORDER BY created_at DESC, id DESC LIMIT ";

    /** Offset from which a page is located by blocks. */
    private static final long DEEP = 1_000;

    private final JdbcClient database;
    private final PageStart starts;

    /** The issues of one page and the total count. */
    record Slice(long count, List<IssueBody> issues) {}

    IssueList(DataSource dataSource, PageStart starts) {
        this.database = JdbcClient.create(dataSource);
        this.starts = starts;
    }

    Slice slice(IssueFilter filter, long offset, int limit) {
        var status = filter.status();
        if (offset >= DEEP && filter.assignee().isEmpty() && filter.priority().isEmpty()) {
            var slice = starts.before(status, offset).flatMap(start -> deepSlice(status, start, offset, limit));
            if (slice.isPresent()) {
                return slice.get();
            }
        }
        var parameters = new ArrayList<Object>();
        parameters.add(IssueScope.of(filter));
        if (isWithoutPriority(filter)) {
            parameters.add(IssueScope.ofEachPriority(filter).toArray(String[]::new));
        }
        status.ifPresent(value -> parameters.add(value.wireName()));
        filter.assignee().ifPresent(parameters::add);
        if (offset > 0) {
            parameters.add(offset);
            parameters.add(offset);
        }
        var condition = conditionOn(filter);
        var page = offset == 0 ? firstPage(condition, limit) : laterPage(condition, limit);
        return database.sql(select(filter, page)).params(parameters).query(row -> {
            row.next();
            return sliceOf(row);
        });
    }

    private static boolean isWithoutPriority(IssueFilter filter) {
        return filter.priority().equals(Optional.of(IssuePriority.NONE));
    }

    /**
     * Reads a page that begins after the start. The rows newer than the start are counted in the same snapshot, because
     * rows may have been added since the start was found. Empty if so many were added that the start is past the page,
     * or if the blocks do not cover every issue.
     */
    private Optional<Slice> deepSlice(Optional<IssueStatus> status, OffsetDateTime start, long offset, int limit) {
        var sql = """
            WITH place AS MATERIALIZED (%s)
            SELECT place.count, issue.*, place.newer
            FROM place
            LEFT JOIN LATERAL (
                %s JOIN (
                    SELECT id
                    FROM issue_row
                    WHERE created_at <= :start AND :offset >= place.newer AND :offset < place.count%s
                    ORDER BY created_at DESC, id DESC
                    LIMIT %d OFFSET greatest(:offset - place.newer, 0)
                ) AS page USING (id)
            ) AS issue ON true
            ORDER BY issue.created_at DESC, issue.id DESC
            """.formatted(
                        PageStart.newer(status), ISSUES, status.isPresent() ? " AND status = :status" : "", limit);
        return database.sql(sql)
                .param("start", start)
                .param("offset", offset)
                .param("size", IssueBlocks.SIZE)
                .param("scope", IssueScope.of(new IssueFilter(status, OptionalLong.empty(), Optional.empty())))
                .param("status", status.map(IssueStatus::wireName).orElse(null))
                .query(row -> row.next() && isBefore(row, offset) ? Optional.of(sliceOf(row)) : Optional.empty());
    }

    private static boolean isBefore(ResultSet row, long offset) throws SQLException {
        var newer = row.getObject("newer", Long.class);
        return newer != null && newer <= offset;
    }

    /** Count and page in one snapshot and one round trip, even if the page is empty. */
    private static String select(IssueFilter filter, String page) {
        return """
            SELECT counted.count, issue.*
            FROM (SELECT %s AS count) AS counted
            LEFT JOIN LATERAL (%s) AS issue ON true
            ORDER BY issue.created_at DESC, issue.id DESC
            """.formatted(count(filter), page);
    }

    /** Issues without a priority have no counts of their own, see {@link IssueScope}. */
    private static String count(IssueFilter filter) {
        var count = "coalesce((SELECT count FROM issue_count WHERE scope = ?), 0)";
        return isWithoutPriority(filter)
                ? count + " - coalesce((SELECT sum(count)::bigint FROM issue_count WHERE scope = ANY (?)), 0)"
                : count;
    }

    /** The priority is part of the SQL text, so that the planner may use the index of those that have one. */
    private static String conditionOn(IssueFilter filter) {
        return " WHERE true"
                + (filter.status().isPresent() ? " AND status = ?" : "")
                + (filter.assignee().isPresent() ? " AND assignee = ?" : "")
                + filter.priority()
                        .map(value -> " AND priority = '%s'".formatted(value.wireName()))
                        .orElse("");
    }

    /**
     * The limit is part of the SQL text, not a parameter. PostgreSQL would plan a generic statement for a tenth of the
     * table, reject that plan for its cost, and plan again on every read. That makes the read four times as expensive.
     */
    private static String firstPage(String condition, int limit) {
        return ISSUES + condition + NEWEST + limit;
    }

    /** Rows before the page are only skipped in the index. If the page lies past the end, not even that happens. */
    private static String laterPage(String condition, int limit) {
        var ids = "SELECT id FROM issue_row" + condition + " AND ? < counted.count" + NEWEST + limit + " OFFSET ?";
        return ISSUES + " JOIN (" + ids + ") AS page USING (id)";
    }

    /** Reads the slice, starting at the current row; there is always one. */
    private static Slice sliceOf(ResultSet row) throws SQLException {
        var count = row.getLong("count");
        var issues = new ArrayList<IssueBody>();
        do {
            if (row.getObject("id") != null) {
                issues.add(IssueBody.read(row));
            }
        } while (row.next());
        return new Slice(count, issues);
    }
}
