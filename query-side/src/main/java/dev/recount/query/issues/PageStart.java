package dev.recount.query.issues;

import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds a place shortly before a deep page of the whole list without walking there: by the counts of {@link IssueBlocks}.
 *
 * <p>It looks for the newest time of a block that no more than the rows before the page are newer than, and counts those
 * exactly: whole blocks where it can, rows only in blocks that reach over that time.
 */
@Component
final class PageStart {

    private static final String FIND = """
        WITH block AS MATERIALIZED (
            SELECT block, issues, oldest, newest, sum(issues) OVER (ORDER BY newest DESC, block DESC) - issues AS newer
            FROM issue_block
            WHERE issues > 0
        ), place AS MATERIALIZED (
            SELECT newest AS at
            FROM block
            WHERE newer <= :offset
            ORDER BY newer DESC
            LIMIT 1
        )
        SELECT
            place.at,
            coalesce((SELECT sum(issues) FROM block WHERE oldest > place.at), 0)
                + (
                    SELECT count(*)
                    FROM block
                    JOIN issue_row AS issue
                        ON issue.id >= block.block * :size AND issue.id < (block.block + 1) * :size
                    WHERE block.oldest <= place.at AND block.newest > place.at AND issue.created_at > place.at
                ) AS newer
        FROM place
        -- Blocks that do not have every issue, because they are about to be filled, are of no use.
        WHERE (SELECT sum(issues) FROM block) = (SELECT count FROM issue_count WHERE scope = 'all')
        """;

    private final JdbcClient database;

    /**
     * A time on the way to the page.
     *
     * @param newer how many issues were created after it, which is no more than lie before the page
     */
    record Place(OffsetDateTime at, long newer) {}

    PageStart(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /** @param offset rows before the page */
    Optional<Place> before(long offset) {
        return database.sql(FIND)
                .param("offset", offset)
                .param("size", IssueBlocks.SIZE)
                .query((row, _) -> new Place(row.getObject(1, OffsetDateTime.class), row.getLong(2)))
                .optional();
    }
}
