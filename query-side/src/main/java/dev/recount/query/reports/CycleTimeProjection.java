package dev.recount.query.reports;

import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.springframework.stereotype.Component;

/** Counts, for each day, the working times of the issues resolved on it. */
@Component
final class CycleTimeProjection extends IssueReportProjection {

    static final String NAME = "cycle-time";
    static final String TABLE = "cycle_time_day";

    private static final CounterTable<DurationKey> DAYS =
            CounterTable.of(TABLE, DurationKey.class, "issue_count", "total_micros");

    CycleTimeProjection() {
        super(NAME, "cycle_time_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        var startedAt = change.after().startedAt();
        if (change.resolves() && startedAt != null) {
            var micros = change.microsSince(startedAt);
            change.scopes()
                    .forEach(scope -> counters.add(DAYS, DurationKey.of(scope, change.day(), micros), 1, micros));
        }
    }
}
