package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many issues each user has open and in progress now, and had resolved each day. */
@Component
final class WorkloadProjection extends IssueReportProjection {

    static final String NAME = "workload";

    /** In the place of the user where nobody has an issue; ids start at 1. */
    static final long NOBODY = 0;

    private static final TallyTable<Assignee> NOW =
            TallyTable.of("workload_now", Assignee.class, "open", "in_progress");
    private static final TallyTable<AssigneeDay> DAYS = TallyTable.of("workload_day", AssigneeDay.class, "resolved");

    private record Assignee(long assignee) {}

    private record AssigneeDay(long assignee, LocalDate day) {}

    WorkloadProjection() {
        super(NAME, "workload_issue", NOW, DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        count(change.before(), -1, tallies);
        count(change.after(), 1, tallies);
        if (change.resolves()) {
            tallies.add(DAYS, new AssigneeDay(assignee(change.after()), change.day()), 1);
        }
    }

    private static void count(@Nullable IssueFacts issue, int difference, Tallies tallies) {
        if (issue != null && !issue.isDone()) {
            var inProgress = issue.status() == IssueStatus.IN_PROGRESS;
            tallies.add(NOW, new Assignee(assignee(issue)), inProgress ? 0 : difference, inProgress ? difference : 0);
        }
    }

    private static long assignee(IssueFacts issue) {
        return issue.assignee() == null ? NOBODY : issue.assignee();
    }
}
