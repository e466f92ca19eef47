package dev.recount.query.reports;

import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.springframework.stereotype.Component;

/** Counts how often issues were resolved each day. */
@Component
final class ThroughputProjection extends IssueReportProjection {

    static final String NAME = "throughput";
    static final String TABLE = "throughput_day";

    private static final CounterTable<ScopeDay> DAYS = CounterTable.of(TABLE, ScopeDay.class, "resolved");

    ThroughputProjection() {
        super(NAME, "throughput_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        if (change.resolves()) {
            change.scopes().forEach(scope -> counters.add(DAYS, new ScopeDay(scope, change.day()), 1));
        }
    }
}
