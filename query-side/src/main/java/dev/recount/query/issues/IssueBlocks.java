package dev.recount.query.issues;

import dev.recount.query.projection.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a batch changes of the table {@code issue_block}: how many issues each block of ids has, and when the first and the
 * last of those were created that it ever had.
 *
 * <p>Ids rise with time, though not strictly, since several nodes give them out. So few blocks overlap in time, and most of
 * the list can be counted off by blocks.
 */
final class IssueBlocks {

    /** Ids in a block; docs of the table name it, too. */
    static final long SIZE = 4_096;

    private static final String ADD = """
        INSERT INTO issue_block AS kept (block, issues, oldest, newest)
        SELECT *
        FROM unnest(?, ?, ?, ?)
        ON CONFLICT (block) DO UPDATE
        SET issues = kept.issues + excluded.issues,
            oldest = least(kept.oldest, excluded.oldest),
            newest = greatest(kept.newest, excluded.newest)
        """;

    private static final String REMOVE = """
        UPDATE issue_block
        SET issues = issue_block.issues - gone.issues
        FROM unnest(?, ?) AS gone (block, issues)
        WHERE issue_block.block = gone.block
        """;

    private record Created(long issues, Instant oldest, Instant newest) {

        Created and(Created other) {
            return new Created(
                    issues + other.issues,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }

    private IssueBlocks() {}

    /** An issue that came and went within the batch leaves the time when it came, as it does in two batches. */
    static void write(Connection connection, Collection<FoldedIssue> issues) throws SQLException {
        var created = new TreeMap<Long, Created>();
        var gone = new TreeMap<Long, Long>();
        for (var issue : issues) {
            var at = issue.createdAt();
            if (at != null) {
                created.merge(issue.id() / SIZE, new Created(1, at, at), Created::and);
            }
            if (issue.isGone() && (at != null || issue.before().isPresent())) {
                gone.merge(issue.id() / SIZE, 1L, Long::sum);
            }
        }
        if (!created.isEmpty()) {
            add(connection, created);
        }
        if (!gone.isEmpty()) {
            remove(connection, gone);
        }
    }

    private static void add(Connection connection, Map<Long, Created> created) throws SQLException {
        var columns = new Columns<>(connection, created.entrySet());
        try (var add = connection.prepareStatement(ADD)) {
            add.setArray(1, columns.bigints(Map.Entry::getKey));
            add.setArray(2, columns.bigints(block -> block.getValue().issues()));
            add.setArray(3, columns.instants(block -> block.getValue().oldest()));
            add.setArray(4, columns.instants(block -> block.getValue().newest()));
            add.executeUpdate();
        }
    }

    private static void remove(Connection connection, Map<Long, Long> gone) throws SQLException {
        var columns = new Columns<>(connection, gone.entrySet());
        try (var remove = connection.prepareStatement(REMOVE)) {
            remove.setArray(1, columns.bigints(Map.Entry::getKey));
            remove.setArray(2, columns.bigints(Map.Entry::getValue));
            remove.executeUpdate();
        }
    }
}
