package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** How long the issues had been in a status that left it on a day. */
@Component
final class TimeInStatusProjection extends IssueReportProjection {

    static final String NAME = "time-in-status";
    static final String TABLE = "time_in_status_day";

    private static final TallyTable<Key> DAYS = TallyTable.of(TABLE, Key.class, "issue_count", "total_micros");

    private record Key(String scope, LocalDate day, IssueStatus status, int bucket) {}

    TimeInStatusProjection() {
        super(NAME, "time_in_status_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        var before = change.before();
        if (before != null && change.changesStatus()) {
            var micros = change.microsSince(before.statusSince());
            var bucket = DurationBucket.ofSeconds(micros);
            for (var scope : change.scopes()) {
                tallies.add(DAYS, new Key(scope, change.day(), before.status(), bucket), 1, micros);
            }
        }
    }
}
