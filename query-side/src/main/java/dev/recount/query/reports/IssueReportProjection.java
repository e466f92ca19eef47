package dev.recount.query.reports;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.query.projection.IssueRowProjection;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.jspecify.annotations.Nullable;

/** Keeps the {@link IssueFacts} of each issue and hands every change of them to the report's one method. */
abstract class IssueReportProjection extends IssueRowProjection<IssueFacts> {

    /**
     * @param name the stored name of the projection
     * @param issueTable where the facts are kept; like every table of a report it is this report's own
     * @param counterTables where the report counts
     */
    IssueReportProjection(String name, String issueTable, CounterTable<?>... counterTables) {
        super(name, issueTable, IssueFacts.class, counterTables);
    }

    /** Adds to the report's tables what the change means for them. */
    abstract void count(IssueChange change, Counters counters);

    @Override
    protected final boolean changesRow(IssueEvent event) {
        return IssueFacts.areChangedBy(event);
    }

    @Override
    protected final IssueFacts next(@Nullable IssueFacts before, IssueEvent event, LoggedEvent logged) {
        if (before != null) {
            return IssueFacts.after(before, event, logged);
        }
        if (event instanceof IssueCreated created) {
            return IssueFacts.of(created, logged);
        }
        throw neverCreated(event, logged);
    }

    @Override
    protected final void count(@Nullable IssueFacts before, IssueFacts after, LoggedEvent logged, Counters counters) {
        count(new IssueChange(before, after, logged.at()), counters);
    }
}
