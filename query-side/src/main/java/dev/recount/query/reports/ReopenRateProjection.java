package dev.recount.query.reports;

import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import org.springframework.stereotype.Component;

/** How often issues were resolved, and how often reopened, each day. */
@Component
final class ReopenRateProjection extends IssueReportProjection {

    static final String NAME = "reopen-rate";
    static final String TABLE = "reopen_rate_day";

    private static final TallyTable<ScopeDay> DAYS = TallyTable.of(TABLE, ScopeDay.class, "resolved", "reopened");

    ReopenRateProjection() {
        super(NAME, "reopen_rate_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        if (change.resolves() || change.reopens()) {
            for (var scope : change.scopes()) {
                tallies.add(
                        DAYS, new ScopeDay(scope, change.day()), change.resolves() ? 1 : 0, change.reopens() ? 1 : 0);
            }
        }
    }
}
