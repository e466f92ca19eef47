package dev.recount.query.reports;

import dev.recount.query.projection.Tallies;
import dev.recount.query.projection.TallyTable;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many issues were created, resolved and reopened each day, and by how many the unresolved ones grew. */
@Component
final class CreatedResolvedProjection extends IssueReportProjection {

    static final String NAME = "created-resolved";
    static final String TABLE = "created_resolved_day";

    private static final TallyTable<ScopeDay> DAYS =
            TallyTable.of(TABLE, ScopeDay.class, "created", "resolved", "reopened", "unresolved_change");

    CreatedResolvedProjection() {
        super(NAME, "created_resolved_issue", DAYS);
    }

    @Override
    void count(IssueChange change, Tallies tallies) {
        countCreated(change, tallies);
        if (change.resolves()) {
            change.scopes().forEach(scope -> tallies.add(DAYS, new ScopeDay(scope, change.day()), 0, 1, 0, 0));
        }
        if (change.reopens()) {
            change.scopes().forEach(scope -> tallies.add(DAYS, new ScopeDay(scope, change.day()), 0, 0, 1, 0));
        }
        countUnresolved(change.before(), -1, change.day(), tallies);
        countUnresolved(change.after(), 1, change.day(), tallies);
    }

    /** Labels mostly come after the creation, so an issue counts as created with those that it has now. */
    private static void countCreated(IssueChange change, Tallies tallies) {
        var day = IssueChange.dayOf(change.after().createdAt());
        if (change.before() == null) {
            change.scopes().forEach(scope -> tallies.add(DAYS, new ScopeDay(scope, day), 1, 0, 0, 0));
        } else {
            countCreated(change.before().labels(), -1, day, tallies);
            countCreated(change.after().labels(), 1, day, tallies);
        }
    }

    private static void countCreated(List<String> labels, int difference, LocalDate day, Tallies tallies) {
        for (var label : labels) {
            tallies.add(DAYS, new ScopeDay(Scope.ofLabel(label), day), difference, 0, 0, 0);
        }
    }

    private static void countUnresolved(@Nullable IssueFacts issue, int difference, LocalDate day, Tallies tallies) {
        if (issue != null && !issue.isDone()) {
            for (var scope : Scope.allOf(issue)) {
                tallies.add(DAYS, new ScopeDay(scope, day), 0, 0, 0, difference);
            }
        }
    }
}
