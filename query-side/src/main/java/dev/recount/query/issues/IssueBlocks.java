package dev.recount.query.issues;

import static java.util.stream.Collectors.joining;

import dev.recount.events.IssueStatus;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes that a batch makes to the table {@code issue_block}. A block of ids has its number of issues, in total and
 * per status. It also has the creation times of the first and the last issue that it ever had.
 *
 * <p>Ids rise with time, though not strictly, because several nodes assign them. So few blocks overlap in time, and
 * most of the list can be counted by blocks.
 */
final class IssueBlocks {

    /** Ids per block; the comments of the table name this number, too. */
    static final long SIZE = 4_096;

    private static final List<IssueStatus> STATUSES = List.of(IssueStatus.values());

    private static final String ADD =
            """
            INSERT INTO issue_block AS kept (block, oldest, newest, issues, %s)
            SELECT *
            FROM unnest(?, ?, ?, ?, %s)
            ON CONFLICT (block) DO UPDATE
            SET oldest = least(kept.oldest, excluded.oldest),
                newest = greatest(kept.newest, excluded.newest),
                issues = kept.issues + excluded.issues,
                %s
            """.formatted(eachStatus("%s"), eachStatus("?"), eachStatus("%1$s = kept.%1$s + excluded.%1$s"));

    private static final String CHANGE =
            """
            UPDATE issue_block AS kept
            SET issues = kept.issues + change.issues,
                %s
            FROM unnest(?, ?, %s) AS change (block, issues, %s)
            WHERE kept.block = change.block
            """.formatted(eachStatus("%1$s = kept.%1$s + change.%1$s"), eachStatus("?"), eachStatus("%s"));

    /** The changes to one block; the times are those of created issues. */
    private static final class Difference {

        private final Map<IssueStatus, Long> inStatus = new EnumMap<>(IssueStatus.class);
        private long issues;
        private @Nullable Instant oldest;
        private @Nullable Instant newest;

        void count(IssueStatus status, long amount) {
            issues += amount;
            inStatus.merge(status, amount, Long::sum);
        }

        void move(IssueStatus from, IssueStatus to) {
            inStatus.merge(from, -1L, Long::sum);
            inStatus.merge(to, 1L, Long::sum);
        }

        void created(Instant at) {
            oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
            newest = newest == null || at.isAfter(newest) ? at : newest;
        }
    }

    private IssueBlocks() {}

    /** The column with the number of issues that a list has. */
    static String column(Optional<IssueStatus> status) {
        return status.map(IssueStatus::wireName).orElse("issues");
    }

    /**
     * Writes the changes. An issue that was created and withdrawn within the batch still leaves its creation time, as
     * it would in two batches.
     */
    static void write(Connection connection, Collection<FoldedIssue> issues) throws SQLException {
        var created = new TreeMap<Long, Difference>();
        var changed = new TreeMap<Long, Difference>();
        for (var issue : issues) {
            var block = issue.id() / SIZE;
            var at = issue.createdAt();
            var before = issue.before().map(IssueState::status);
            if (at != null) {
                var difference = created.computeIfAbsent(block, _ -> new Difference());
                difference.created(at);
                if (!issue.isGone()) {
                    difference.count(issue.after().status(), 1);
                }
            } else if (before.isPresent() && issue.isGone()) {
                changed.computeIfAbsent(block, _ -> new Difference()).count(before.get(), -1);
            } else if (before.isPresent() && before.get() != issue.after().status()) {
                changed.computeIfAbsent(block, _ -> new Difference())
                        .move(before.get(), issue.after().status());
            }
        }
        if (!created.isEmpty()) {
            add(connection, created);
        }
        if (!changed.isEmpty()) {
            change(connection, changed);
        }
    }

    private static void add(Connection connection, Map<Long, Difference> created) throws SQLException {
        var columns = new Columns<>(connection, created.entrySet());
        try (var add = connection.prepareStatement(ADD)) {
            add.setArray(1, columns.bigints(Map.Entry::getKey));
            add.setArray(2, columns.instants(block -> block.getValue().oldest));
            add.setArray(3, columns.instants(block -> block.getValue().newest));
            setCounters(add, 4, columns);
            add.executeUpdate();
        }
    }

    private static void change(Connection connection, Map<Long, Difference> changed) throws SQLException {
        var columns = new Columns<>(connection, changed.entrySet());
        try (var change = connection.prepareStatement(CHANGE)) {
            change.setArray(1, columns.bigints(Map.Entry::getKey));
            setCounters(change, 2, columns);
            change.executeUpdate();
        }
    }

    private static void setCounters(
            PreparedStatement statement, int first, Columns<Map.Entry<Long, Difference>> columns) throws SQLException {
        statement.setArray(first, columns.bigints(block -> block.getValue().issues));
        var parameter = first;
        for (var status : STATUSES) {
            parameter++;
            statement.setArray(
                    parameter,
                    columns.bigints(block -> block.getValue().inStatus.getOrDefault(status, 0L)));
        }
    }

    private static String eachStatus(String format) {
        return STATUSES.stream()
                .map(status -> format.formatted(status.wireName()))
                .collect(joining(", "));
    }
}
