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

    private static final String ISSUES =
            "SELECT id, title, description, status, assignee, version, created_at, updated_at FROM issue_row";

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

    Slice slice(Optional<IssueStatus> status, OptionalLong assignee, long offset, int limit) {
        if (offset >= DEEP && assignee.isEmpty()) {
            var slice = starts.before(status, offset).flatMap(start -> deepSlice(status, start, offset, limit));
            if (slice.isPresent()) {
                return slice.get();
            }
        }
        var condition = conditionOn(status, assignee);
        var parameters = new ArrayList<Object>();
        parameters.add(IssueScope.of(status, assignee));
        status.ifPresent(value -> parameters.add(value.wireName()));
        assignee.ifPresent(parameters::add);
        if (offset > 0) {
            parameters.add(offset);
            parameters.add(offset);
        }
        var page = offset == 0 ? firstPage(condition, limit) : laterPage(condition, limit);
        return database.sql(select(page)).params(parameters).query(row -> {
            row.next();
            return sliceOf(row);
        });
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
                .param("scope", IssueScope.of(status, OptionalLong.empty()))
                .param("status", status.map(IssueStatus::wireName).orElse(null))
                .query(row -> row.next() && isBefore(row, offset) ? Optional.of(sliceOf(row)) : Optional.empty());
    }

    private static boolean isBefore(ResultSet row, long offset) throws SQLException {
        var newer = row.getObject("newer", Long.class);
        return newer != null && newer <= offset;
    }

    /** Count and page in one snapshot and one round trip, even if the page is empty. */
    private static String select(String page) {
        return """
            SELECT counted.count, issue.*
            FROM (SELECT coalesce((SELECT count FROM issue_count WHERE scope = ?), 0) AS count) AS counted
            LEFT JOIN LATERAL (%s) AS issue ON true
            ORDER BY issue.created_at DESC, issue.id DESC
            """.formatted(page);
    }

    private static String conditionOn(Optional<IssueStatus> status, OptionalLong assignee) {
        return " WHERE true"
                + (status.isPresent() ? " AND status = ?" : "")
                + (assignee.isPresent() ? " AND assignee = ?" : "");
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
        var count = row.getLong(1);
        var issues = new ArrayList<IssueBody>();
        do {
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
        } while (row.next());
        return new Slice(count, issues);
    }
}
