package dev.recount.query.reports;

import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts the issues created on each day that are unresolved now. */
@Component
final class AgeingProjection extends IssueReportProjection {

    static final String NAME = "ageing";
    static final String TABLE = "ageing_day";

    private static final CounterTable<Key> DAYS = CounterTable.of(TABLE, Key.class, "unresolved");

    private record Key(String scope, LocalDate createdDay) {}

    AgeingProjection() {
        super(NAME, "ageing_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        count(change.before(), -1, counters);
        count(change.after(), 1, counters);
    }

    private static void count(@Nullable IssueFacts issue, int difference, Counters counters) {
        if (issue != null && !issue.isDone()) {
            var day = IssueChange.dayOf(issue.createdAt());
            Scope.allOf(issue).forEach(scope -> counters.add(DAYS, new Key(scope, day), difference));
        }
    }
}
