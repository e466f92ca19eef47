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

    /** From so many rows before a page on it is found by blocks. */
    private static final long DEEP = 1_000;

    private final JdbcClient database;
    private final PageStart starts;

    /** What a list shows: the issues of one page and the count of all. */
    record Slice(long count, List<IssueBody> issues) {}

    IssueList(DataSource dataSource, PageStart starts) {
        this.database = JdbcClient.create(dataSource);
        this.starts = starts;
    }

    Slice slice(Optional<IssueStatus> status, OptionalLong assignee, long offset, int limit) {
        if (offset >= DEEP && assignee.isEmpty()) {
            var start = starts.before(status, offset);
            if (start.isPresent()) {
                return deepSlice(status, start.get(), offset, limit);
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
        return database.sql(select(page)).params(parameters).query(IssueList::sliceOf);
    }

    /** The rows that are newer than the start are as good as walked over. */
    private Slice deepSlice(Optional<IssueStatus> status, PageStart.Place start, long offset, int limit) {
        var parameters = new ArrayList<Object>();
        parameters.add(IssueScope.of(status, OptionalLong.empty()));
        status.ifPresent(value -> parameters.add(value.wireName()));
        parameters.add(start.at());
        parameters.add(offset);
        parameters.add(offset - start.newer());
        var condition = conditionOn(status, OptionalLong.empty()) + " AND created_at <= ?";
        return database.sql(select(laterPage(condition, limit)))
                .params(parameters)
                .query(IssueList::sliceOf);
    }

    /** Count and page in one snapshot and one round trip, also where the page is empty. */
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
     * The limit is part of the text. As a parameter it would be unknown to a plan that is kept, which would then be made
     * for a tenth of the table, be given up for that, and be made anew for every read: four times the cost of the read.
     */
    private static String firstPage(String condition, int limit) {
        return ISSUES + condition + NEWEST + limit;
    }

    /** The rows before the page are only counted off in the index, and not even that if it lies past the end. */
    private static String laterPage(String condition, int limit) {
        var ids = "SELECT id FROM issue_row" + condition + " AND ? < counted.count" + NEWEST + limit + " OFFSET ?";
        return ISSUES + " JOIN (" + ids + ") AS page USING (id)";
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
