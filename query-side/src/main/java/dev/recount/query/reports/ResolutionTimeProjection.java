package dev.recount.query.reports;

import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.springframework.stereotype.Component;

/** Counts, for each day, the times from creation to resolution of the issues resolved on it. */
@Component
final class ResolutionTimeProjection extends IssueReportProjection {

    static final String NAME = "resolution-time";
    static final String TABLE = "resolution_time_day";

    private static final CounterTable<DurationKey> DAYS =
            CounterTable.of(TABLE, DurationKey.class, "issue_count", "total_micros");

    ResolutionTimeProjection() {
        super(NAME, "resolution_time_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        if (change.resolves()) {
            var micros = change.microsSince(change.after().createdAt());
            change.scopes()
                    .forEach(scope -> counters.add(DAYS, DurationKey.of(scope, change.day(), micros), 1, micros));
        }
    }
}
