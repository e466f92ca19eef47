package dev.recount.query.reports;

import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import org.springframework.stereotype.Component;

/** How often issues were resolved each day. */
@Component
final class ThroughputProjection extends IssueReportProjection {

    static final String NAME = "throughput";
    static final String TABLE = "throughput_day";

    private static final TallyTable<ScopeDay> DAYS = TallyTable.of(TABLE, ScopeDay.class, "resolved");

    ThroughputProjection() {
        super(NAME, "throughput_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        if (change.resolves()) {
            change.scopes().forEach(scope -> tallies.add(DAYS, new ScopeDay(scope, change.day()), 1));
        }
    }
}
