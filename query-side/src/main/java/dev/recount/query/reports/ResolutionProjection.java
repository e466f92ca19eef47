package dev.recount.query.reports;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.query.projection.IssueRowProjection;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts the resolution times of the issues that are resolved or closed now. */
@Component
final class ResolutionProjection extends IssueRowProjection<Resolution> {

    static final String NAME = "resolution";

    private static final CounterTable<Bucket> BUCKETS =
            CounterTable.of("resolution_bucket", Bucket.class, "issue_count", "total_micros");

    private record Bucket(int bucket) {}

    ResolutionProjection() {
        super(NAME, "resolution_issue", Resolution.class, BUCKETS);
    }

    @Override
    protected boolean changesRow(IssueEvent event) {
        return event instanceof IssueCreated || event instanceof IssueStatusChanged;
    }

    @Override
    protected Resolution next(@Nullable Resolution before, IssueEvent event, LoggedEvent logged) {
        return switch (event) {
            case IssueCreated created ->
                Resolution.created(created.issueId(), created.status(), logged.at(), logged.sequence());
            case IssueStatusChanged changed
            when before != null -> before.withStatus(changed.to(), logged.at(), logged.sequence());
            default -> throw neverCreated(event, logged);
        };
    }

    @Override
    protected void count(@Nullable Resolution before, Resolution after, LoggedEvent logged, Counters counters) {
        count(before, -1, counters);
        count(after, 1, counters);
    }

    private static void count(@Nullable Resolution issue, long difference, Counters counters) {
        if (issue != null) {
            issue.micros()
                    .ifPresent(micros -> counters.add(
                            BUCKETS, new Bucket(DurationBucket.of(micros)), difference, difference * micros));
        }
    }
}
