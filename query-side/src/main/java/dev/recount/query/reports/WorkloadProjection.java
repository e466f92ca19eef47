package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts each user's issues that are open and in progress now, and those resolved each day. */
@Component
final class WorkloadProjection extends IssueReportProjection {

    static final String NAME = "workload";

    /** Stands for unassigned issues; user ids start at 1. */
    static final long NOBODY = 0;

    private static final CounterTable<Assignee> NOW =
            CounterTable.of("workload_now", Assignee.class, "open", "in_progress");
    private static final CounterTable<AssigneeDay> DAYS =
            CounterTable.of("workload_day", AssigneeDay.class, "resolved");

    private record Assignee(long assignee) {}

    private record AssigneeDay(long assignee, LocalDate day) {}

    WorkloadProjection() {
        super(NAME, "workload_issue", NOW, DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        count(change.before(), -1, counters);
        count(change.after(), 1, counters);
        if (change.resolves()) {
            counters.add(DAYS, new AssigneeDay(assignee(change.after()), change.day()), 1);
        }
    }

    private static void count(@Nullable IssueFacts issue, int difference, Counters counters) {
        if (issue != null && !issue.isDone()) {
            var inProgress = issue.status() == IssueStatus.IN_PROGRESS;
            counters.add(NOW, new Assignee(assignee(issue)), inProgress ? 0 : difference, inProgress ? difference : 0);
        }
    }

    private static long assignee(IssueFacts issue) {
        return issue.assignee() == null ? NOBODY : issue.assignee();
    }
}
