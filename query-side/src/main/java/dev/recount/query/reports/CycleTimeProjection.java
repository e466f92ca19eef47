package dev.recount.query.reports;

import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import org.springframework.stereotype.Component;

/** How long the issues were worked on that were resolved on a day. */
@Component
final class CycleTimeProjection extends IssueReportProjection {

    static final String NAME = "cycle-time";
    static final String TABLE = "cycle_time_day";

    private static final TallyTable<DurationKey> DAYS =
            TallyTable.of(TABLE, DurationKey.class, "issue_count", "total_micros");

    CycleTimeProjection() {
        super(NAME, "cycle_time_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        var startedAt = change.after().startedAt();
        if (change.resolves() && startedAt != null) {
            var micros = change.microsSince(startedAt);
            change.scopes().forEach(scope -> tallies.add(DAYS, DurationKey.of(scope, change.day(), micros), 1, micros));
        }
    }
}
