package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds a place shortly before a deep page of the whole list, or of the issues in a status, without walking there: by the
 * counts of {@link IssueBlocks}.
 *
 * <p>It looks for the newest time of a block that no more than the rows before the page are newer than. How many those are
 * exactly, the statement that reads the page counts: whole blocks where it can, rows only in blocks that reach over that time.
 */
@Component
final class PageStart {

    private final JdbcClient database;

    /** Rows that may come between the look for a place and the reading of the page. */
    private static final int SLACK = 100;

    PageStart(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /**
     * A time on the way to the page.
     *
     * @param status of the list, empty for the whole
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
     * A statement that finds the {@code count} of the list, and how many of it were created after {@code :start}, which is
     * {@code newer}; null where the blocks do not have every issue, because they are about to be filled.
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
