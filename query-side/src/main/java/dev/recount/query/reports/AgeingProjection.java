package dev.recount.query.reports;

import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many of the issues that were created on a day are unresolved now. */
@Component
final class AgeingProjection extends IssueReportProjection {

    static final String NAME = "ageing";
    static final String TABLE = "ageing_day";

    private static final TallyTable<Key> DAYS = TallyTable.of(TABLE, Key.class, "unresolved");

    private record Key(String scope, LocalDate createdDay) {}

    AgeingProjection() {
        super(NAME, "ageing_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        count(change.before(), -1, tallies);
        count(change.after(), 1, tallies);
    }

    private static void count(@Nullable IssueFacts issue, int difference, Tallies tallies) {
        if (issue != null && !issue.isDone()) {
            var day = IssueChange.dayOf(issue.createdAt());
            Scope.allOf(issue).forEach(scope -> tallies.add(DAYS, new Key(scope, day), difference));
        }
    }
}
