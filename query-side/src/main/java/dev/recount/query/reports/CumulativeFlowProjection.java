package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** By how many the issues in each status grew or shrank each day. */
@Component
final class CumulativeFlowProjection extends IssueReportProjection {

    static final String NAME = "cumulative-flow";
    static final String TABLE = "cumulative_flow_day";

    private static final TallyTable<ScopeDay> DAYS =
            TallyTable.of(TABLE, ScopeDay.class, "open", "in_progress", "resolved", "closed");

    CumulativeFlowProjection() {
        super(NAME, "cumulative_flow_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        count(change.before(), -1, change.day(), tallies);
        count(change.after(), 1, change.day(), tallies);
    }

    private static void count(@Nullable IssueFacts issue, int difference, LocalDate day, Tallies tallies) {
        if (issue != null) {
            var amounts = new long[IssueStatus.values().length];
            amounts[column(issue.status())] = difference;
            Scope.allOf(issue).forEach(scope -> tallies.add(DAYS, new ScopeDay(scope, day), amounts));
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
