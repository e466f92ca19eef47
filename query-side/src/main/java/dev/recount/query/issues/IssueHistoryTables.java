package dev.recount.query.issues;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.Columns;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import dev.recount.query.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@link IssueHistoryProjection}. */
final class IssueHistoryTables {

    /** Positions that share a row of counts; within a block the states themselves are counted. */
    static final long BLOCK = 16_384;

    private static final RowTable<StateRow> STATES = RowTable.of("issue_state", StateRow.class, 2);

    /** One index probe per issue, however many states it has. */
    private static final String NEWEST = """
        SELECT state.*
        FROM unnest(?) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT %s
            FROM issue_state
            WHERE issue_id = wanted.id
            ORDER BY from_position DESC
            LIMIT 1
        ) AS state
        """.formatted(STATES.columnNames());

    private static final RowTable<Description> DESCRIPTIONS = RowTable.of("issue_description", Description.class, 2);
    private static final CounterTable<CountKey> COUNTS =
            CounterTable.of("issue_state_count", CountKey.class, "difference");

    /** A description, and the position from which the issue had it. */
    record Description(long issueId, long position, String description) {

        static Optional<Description> in(IssueEvent event, LoggedEvent logged) {
            var text = switch (event) {
                case IssueCreated created -> created.description();
                case IssueDescriptionChanged changed -> changed.description();
                default -> "";
            };
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Description(event.issueId(), logged.position(), text));
        }
    }

    /** @param assignee 0 if unassigned */
    private record CountKey(long block, IssueStatus status, long assignee, IssuePriority priority) {

        static CountKey of(long position, IssueStatus status, @Nullable Long assignee, IssuePriority priority) {
            return new CountKey(position / BLOCK, status, assignee == null ? 0 : assignee, priority);
        }
    }

    private IssueHistoryTables() {}

    /** The newest states of those issues that exist. */
    static Map<Long, StateRow> newest(Connection connection, Collection<Long> ids) throws SQLException {
        var states = new HashMap<Long, StateRow>();
        try (var select = connection.prepareStatement(NEWEST)) {
            select.setArray(1, new Columns<>(connection, ids).bigints(id -> id));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var state = STATES.record(row);
                    states.put(state.issueId(), state);
                }
            }
        }
        return states;
    }

    static void insert(Connection connection, List<StateRow> states, List<Description> descriptions)
            throws SQLException {
        STATES.insert(connection, states);
        DESCRIPTIONS.insert(connection, descriptions);
        var counts = new Counters();
        states.stream().filter(IssueHistoryTables::isCounted).forEach(state -> count(state, counts));
        counts.write(connection);
    }

    private static boolean isCounted(StateRow state) {
        return state.withdrawn()
                || state.status() != state.statusBefore()
                || !Objects.equals(state.assignee(), state.assigneeBefore())
                || state.priority() != state.priorityBefore();
    }

    private static void count(StateRow state, Counters counts) {
        var position = state.fromPosition();
        if (state.statusBefore() != null) {
            var before = CountKey.of(position, state.statusBefore(), state.assigneeBefore(), state.priorityBefore());
            counts.add(COUNTS, before, -1);
        }
        if (!state.withdrawn()) {
            counts.add(COUNTS, CountKey.of(position, state.status(), state.assignee(), state.priority()), 1);
        }
    }
}
