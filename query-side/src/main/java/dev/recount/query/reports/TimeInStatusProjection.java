package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Counts, for each day and status, how long the issues that left the status had been in it. */
@Component
final class TimeInStatusProjection extends IssueReportProjection {

    static final String NAME = "time-in-status";
    static final String TABLE = "time_in_status_day";

    private static final CounterTable<Key> DAYS = CounterTable.of(TABLE, Key.class, "issue_count", "total_micros");

    private record Key(String scope, LocalDate day, IssueStatus status, int bucket) {}

    TimeInStatusProjection() {
        super(NAME, "time_in_status_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Counters counters) {
        var before = change.before();
        if (before != null && change.changesStatus()) {
            var micros = change.microsSince(before.statusSince());
            var bucket = DurationBucket.ofSeconds(micros);
            for (var scope : change.scopes()) {
                counters.add(DAYS, new Key(scope, change.day(), before.status(), bucket), 1, micros);
            }
        }
    }
}
