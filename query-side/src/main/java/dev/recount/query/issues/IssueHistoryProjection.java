package dev.recount.query.issues;

import dev.recount.events.IssueEvent;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stores every state of each issue, so that an issue and the list can be read as of any position.
 *
 * <p>Rows are only ever added: a state ends where the next state of its issue begins.
 */
@Component
final class IssueHistoryProjection implements Projection {

    static final String NAME = "issue-history";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of("issue_state", "issue_description", "issue_state_count");
    }

    /** Past states are read rarely, while issues change all the time. */
    @Override
    public Duration batchDelay() {
        return Duration.ofMillis(250);
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var ids = new HashSet<Long>();
        var changes = new ArrayList<LoggedEvent>();
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event && StateRow.follows(event)) {
                ids.add(event.issueId());
                changes.add(logged);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        var newest = new HashMap<>(IssueHistoryTables.newest(connection, ids));
        var states = new ArrayList<StateRow>();
        var descriptions = new ArrayList<IssueHistoryTables.Description>();
        for (var logged : changes) {
            var event = (IssueEvent) logged.event();
            var before = newest.get(event.issueId());
            // An event that is already in the rows changes nothing, so a replay is harmless.
            if (before == null || before.sequence() < logged.sequence()) {
                var state = StateRow.after(before, event, logged);
                newest.put(state.issueId(), state);
                states.add(state);
                IssueHistoryTables.Description.in(event, logged).ifPresent(descriptions::add);
            }
        }
        IssueHistoryTables.insert(connection, states, descriptions);
    }
}
