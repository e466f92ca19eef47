package dev.recount.query.reports;

import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.springframework.stereotype.Component;

/** Counts how often issues were resolved and reopened each day. */
@Component
final class ReopenRateProjection extends IssueReportProjection {

    static final String NAME = "reopen-rate";
    static final String TABLE = "reopen_rate_day";

    private static final CounterTable<ScopeDay> DAYS = CounterTable.of(TABLE, ScopeDay.class, "resolved", "reopened");

    ReopenRateProjection() {
        super(NAME, "reopen_rate_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        if (change.resolves() || change.reopens()) {
            for (var scope : change.scopes()) {
                counters.add(
                        DAYS, new ScopeDay(scope, change.day()), change.resolves() ? 1 : 0, change.reopens() ? 1 : 0);
            }
        }
    }
}
