package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds a start shortly before a deep page of the whole list, or of the issues in a status. It uses the counts of
 * {@link IssueBlocks} instead of reading every row before the page.
 *
 * <p>The start is the newest time of a block such that at most the rows before the page are newer. The statement that
 * reads the page counts the newer rows exactly. It counts whole blocks if possible, and rows only in blocks that span
 * the start.
 */
@Component
final class PageStart {

    private final JdbcClient database;

    /** Rows that may be added between the search for a start and the reading of the page. */
    private static final int SLACK = 100;

    PageStart(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /**
     * A time at or before which the page begins.
     *
     * @param status the status of the list, empty for the whole list
     * @param offset rows before the page
     */
    Optional<OffsetDateTime> before(Optional<IssueStatus> status, long offset) {
        return database.sql(find(status))
                .param("offset", offset - SLACK)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .optional();
    }

    private static String find(Optional<IssueStatus> status) {
        return """
            SELECT newest
            FROM (
                SELECT newest, sum(%1$s) OVER (ORDER BY newest DESC, block DESC) - %1$s AS newer
                FROM issue_block
                WHERE %1$s <> 0
            ) AS block
            WHERE newer <= :offset
            ORDER BY newer DESC
            LIMIT 1
            """.formatted(IssueBlocks.column(status));
    }

    /**
     * A statement that finds the {@code count} of the list, and as {@code newer} how many of its issues were created
     * after {@code :start}. {@code newer} is null if the blocks do not cover every issue because they are not filled
     * yet.
     */
    static String newer(Optional<IssueStatus> status) {
        return """
            SELECT
                listed.count,
                CASE WHEN listed.count = (SELECT sum(%1$s) FROM issue_block) THEN
                    coalesce((SELECT sum(%1$s) FROM issue_block WHERE %1$s <> 0 AND oldest > :start), 0)::bigint
                        + (
                            SELECT count(*)
                            FROM issue_block AS block
                            JOIN issue_row AS issue
                                ON issue.id >= block.block * :size AND issue.id < (block.block + 1) * :size
                            WHERE block.%1$s <> 0 AND block.oldest <= :start AND block.newest > :start
                                AND issue.created_at > :start%2$s
                        )
                END AS newer
            FROM (SELECT coalesce((SELECT count FROM issue_count WHERE scope = :scope), 0) AS count) AS listed
            """.formatted(IssueBlocks.column(status), status.isPresent() ? " AND issue.status = :status" : "");
    }
}
