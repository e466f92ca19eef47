package dev.recount.query.reports;

import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts issues created, resolved and reopened each day, and the change in unresolved issues. */
@Component
final class CreatedResolvedProjection extends IssueReportProjection {

    static final String NAME = "created-resolved";
    static final String TABLE = "created_resolved_day";

    private static final CounterTable<ScopeDay> DAYS =
            CounterTable.of(TABLE, ScopeDay.class, "created", "resolved", "reopened", "unresolved_change");

    CreatedResolvedProjection() {
        super(NAME, "created_resolved_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        countCreated(change, counters);
        if (change.resolves()) {
            change.scopes().forEach(scope -> counters.add(DAYS, new ScopeDay(scope, change.day()), 0, 1, 0, 0));
        }
        if (change.reopens()) {
            change.scopes().forEach(scope -> counters.add(DAYS, new ScopeDay(scope, change.day()), 0, 0, 1, 0));
        }
        countUnresolved(change.before(), -1, change.day(), counters);
        countUnresolved(change.after(), 1, change.day(), counters);
    }

    /** Labels and priority are mostly set after the creation, so a creation counts under those that the issue has now. */
    private static void countCreated(IssueChange change, Counters counters) {
        var day = IssueChange.dayOf(change.after().createdAt());
        if (change.before() == null) {
            change.scopes().forEach(scope -> counters.add(DAYS, new ScopeDay(scope, day), 1, 0, 0, 0));
        } else {
            countCreated(change.before(), -1, day, counters);
            countCreated(change.after(), 1, day, counters);
        }
    }

    private static void countCreated(IssueFacts issue, int difference, LocalDate day, Counters counters) {
        for (var scope : Scope.classifying(issue)) {
            counters.add(DAYS, new ScopeDay(scope, day), difference, 0, 0, 0);
        }
    }

    private static void countUnresolved(@Nullable IssueFacts issue, int difference, LocalDate day, Counters counters) {
        if (issue != null && !issue.isDone()) {
            for (var scope : Scope.allOf(issue)) {
                counters.add(DAYS, new ScopeDay(scope, day), 0, 0, 0, difference);
            }
        }
    }
}
