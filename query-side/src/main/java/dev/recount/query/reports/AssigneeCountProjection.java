package dev.recount.query.reports;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.query.projection.IssueRowProjection;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts the issues of each user: a change of assignee decrements the previous user's count and increments the new
 * user's.
 */
@Component
final class AssigneeCountProjection extends IssueRowProjection<AssignedIssue> {

    static final String NAME = "assignee-count";

    private static final CounterTable<Assignee> COUNT =
            CounterTable.of("assignee_count", Assignee.class, "issue_count");

    private record Assignee(long assignee) {}

    AssigneeCountProjection() {
        super(NAME, "assignee_count_issue", AssignedIssue.class, COUNT);
    }

    @Override
    protected boolean changesRow(IssueEvent event) {
        return event instanceof IssueCreated || event instanceof IssueAssigned;
    }

    @Override
    protected AssignedIssue next(@Nullable AssignedIssue before, IssueEvent event, LoggedEvent logged) {
        return switch (event) {
            case IssueCreated created -> new AssignedIssue(created.issueId(), created.assignee(), logged.sequence());
            case IssueAssigned assigned
            when before != null -> new AssignedIssue(assigned.issueId(), assigned.to(), logged.sequence());
            default -> throw neverCreated(event, logged);
        };
    }

    @Override
    protected void count(@Nullable AssignedIssue before, AssignedIssue after, LoggedEvent logged, Counters counters) {
        count(before, -1, counters);
        count(after, 1, counters);
    }

    private static void count(@Nullable AssignedIssue issue, long difference, Counters counters) {
        if (issue != null && issue.assignee() != null) {
            counters.add(COUNT, new Assignee(issue.assignee()), difference);
        }
    }
}
