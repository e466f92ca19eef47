package dev.recount.query.reports;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.query.projection.IssueRowProjection;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Base class of report projections: stores the {@link IssueFacts} of each issue and passes every change to the report's
 * one method.
 */
abstract class IssueReportProjection extends IssueRowProjection<IssueFacts> {

    /**
     * @param name stored name of the projection
     * @param issueTable table of the facts; like every table of a report it belongs to this report alone
     * @param counterTables tables of the report's counters
     */
    IssueReportProjection(String name, String issueTable, CounterTable<?>... counterTables) {
        super(name, issueTable, IssueFacts.class, counterTables);
    }

    /** Adds the effect of the change to the report's counters. */
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
