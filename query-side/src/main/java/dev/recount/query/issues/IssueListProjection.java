package dev.recount.query.issues;

import dev.recount.events.IssueEvent;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Stores every issue in its present state, for the list and for the page of one issue.
 *
 * <p>One projection serves both. The page shows the same row plus comments and labels, and its entity tag requires them
 * to be consistent. With a second projection the list would not have to wait for comments. But it would cost every
 * commit a second position, token and copy of the row.
 */
@Component
final class IssueListProjection implements Projection {

    static final String NAME = "issue-list";

    private static final CounterTable<Scope> COUNTS = CounterTable.of("issue_count", Scope.class, "count");

    private record Scope(String scope) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public List<String> tables() {
        return List.of("issue_row", "issue_comment", "issue_label", "issue_count", "issue_block");
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var ids = new TreeSet<Long>();
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event) {
                ids.add(event.issueId());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        var issues = new TreeMap<Long, FoldedIssue>();
        var before = IssueTables.read(connection, ids);
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event) {
                issues.computeIfAbsent(event.issueId(), id -> new FoldedIssue(id, before.get(id)))
                        .fold(logged, event);
            }
        }
        var changed = issues.values().stream().filter(FoldedIssue::isChanged).toList();
        IssueTables.write(connection, changed);
        count(changed).write(connection);
        IssueBlocks.write(connection, issues.values());
    }

    private static Counters count(Collection<FoldedIssue> changed) {
        var counters = new Counters();
        for (var issue : changed) {
            issue.before().ifPresent(state -> count(state, -1, counters));
            if (!issue.isGone()) {
                count(issue.after(), 1, counters);
            }
        }
        return counters;
    }

    private static void count(IssueState state, long difference, Counters counters) {
        IssueScope.allOf(state).forEach(scope -> counters.add(COUNTS, new Scope(scope), difference));
    }
}
