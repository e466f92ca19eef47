package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts the daily change in the number of issues in each status. */
@Component
final class CumulativeFlowProjection extends IssueReportProjection {

    static final String NAME = "cumulative-flow";
    static final String TABLE = "cumulative_flow_day";

    private static final CounterTable<ScopeDay> DAYS =
            CounterTable.of(TABLE, ScopeDay.class, "open", "in_progress", "resolved", "closed");

    CumulativeFlowProjection() {
        super(NAME, "cumulative_flow_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        count(change.before(), -1, change.day(), counters);
        count(change.after(), 1, change.day(), counters);
    }

    private static void count(@Nullable IssueFacts issue, int difference, LocalDate day, Counters counters) {
        if (issue != null) {
            var amounts = new long[IssueStatus.values().length];
            amounts[column(issue.status())] = difference;
            Scope.allOf(issue).forEach(scope -> counters.add(DAYS, new ScopeDay(scope, day), amounts));
        }
    }

    private static int column(IssueStatus status) {
        return switch (status) {
            case OPEN -> 0;
            case IN_PROGRESS -> 1;
            case RESOLVED -> 2;
            case CLOSED -> 3;
        };
    }
}
