package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import dev.recount.query.asof.Moment;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads pages of the list of issues as it was, newest first. */
@Component
final class PastIssueList {

    private final JdbcClient database;

    PastIssueList(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    IssueList.Slice slice(Moment moment, Optional<IssueStatus> status, OptionalLong assignee, long offset, int limit) {
        var parameters = new HashMap<String, Object>();
        parameters.put("position", moment.position());
        status.ifPresent(value -> parameters.put("status", value.wireName()));
        assignee.ifPresent(value -> parameters.put("assignee", value));
        var count = database.sql(count(condition("%s", status, assignee), condition("%s_before", status, assignee)))
                .params(parameters)
                .param("block", moment.position() / IssueHistoryTables.BLOCK)
                .query(Long.class)
                .single();
        if (offset >= count) {
            return new IssueList.Slice(count, List.of());
        }
        var page = database.sql(page(condition("state.%s", status, assignee), limit))
                .params(parameters)
                .param("at", moment.at().atOffset(ZoneOffset.UTC))
                .param("offset", offset)
                .query((row, _) -> PastIssues.issue(row))
                .list();
        return new IssueList.Slice(count, page);
    }

    /** What was counted up to the block of the position, and what the states within it make of that. */
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
                )
            """.formatted(condition, conditionBefore, IssueHistoryTables.BLOCK);
    }

    /**
     * Along the index of all issues, newest first, with one probe for the state of each until the page is full. The limit
     * is part of the text for the same reason as in the list of the present.
     */
    private static String page(String condition, int limit) {
        return """
            SELECT page.issue_id, title, coalesce(description, ''), status, assignee, version, created_at, updated_at
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
                    AND NOT state.withdrawn AND %s
                ORDER BY created.created_at DESC, created.issue_id DESC
                LIMIT %d OFFSET :offset
            ) AS page
            LEFT JOIN issue_description AS described
                ON described.issue_id = page.issue_id AND described.position = page.description_position
            ORDER BY created_at DESC, page.issue_id DESC
            """.formatted(condition, limit);
    }

    /** @param column how a column's name is written */
    private static String condition(String column, Optional<IssueStatus> status, OptionalLong assignee) {
        return "true"
                + status.map(_ -> " AND " + column.replace("%s", "status") + " = :status")
                        .orElse("")
                + (assignee.isPresent() ? " AND " + column.replace("%s", "assignee") + " = :assignee" : "");
    }
}
