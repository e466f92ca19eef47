package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds a place shortly before a deep page of the whole list, or of the issues in a status, without walking there: by the
 * counts of {@link IssueBlocks}.
 *
 * <p>It looks for the newest time of a block that no more than the rows before the page are newer than, and counts those
 * exactly: whole blocks where it can, rows only in blocks that reach over that time.
 */
@Component
final class PageStart {

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

    /**
     * @param status of the list, empty for the whole
     * @param offset rows before the page
     */
    Optional<Place> before(Optional<IssueStatus> status, long offset) {
        return database.sql(find(status))
                .param("offset", offset)
                .param("size", IssueBlocks.SIZE)
                .param("scope", IssueScope.of(status, OptionalLong.empty()))
                .param("status", status.map(IssueStatus::wireName).orElse(null))
                .query((row, _) -> new Place(row.getObject(1, OffsetDateTime.class), row.getLong(2)))
                .optional();
    }

    private static String find(Optional<IssueStatus> status) {
        return """
            WITH block AS MATERIALIZED (
                SELECT block, %1$s AS issues, oldest, newest,
                    sum(%1$s) OVER (ORDER BY newest DESC, block DESC) - %1$s AS newer
                FROM issue_block
                WHERE %1$s <> 0
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
                        WHERE block.oldest <= place.at AND block.newest > place.at AND issue.created_at > place.at%2$s
                    ) AS newer
            FROM place
            -- Blocks that do not have every issue, because they are about to be filled, are of no use.
            WHERE (SELECT sum(issues) FROM block) = (SELECT count FROM issue_count WHERE scope = :scope)
            """.formatted(IssueBlocks.column(status), status.isPresent() ? " AND issue.status = :status" : "");
    }
}
