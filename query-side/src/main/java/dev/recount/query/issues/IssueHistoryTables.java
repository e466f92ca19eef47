package dev.recount.query.issues;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueStatus;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.Columns;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import dev.recount.query.rows.JsonText;
import dev.recount.query.rows.RowTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    /** One index probe per issue, however many states it has. */
    private static final String NEWEST = """
        SELECT state.*
        FROM unnest(?) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT issue_id, from_position, sequence, title, description_position, status, assignee, version, edited,
                created_at, updated_at, labels, withdrawn
            FROM issue_state
            WHERE issue_id = wanted.id
            ORDER BY from_position DESC
            LIMIT 1
        ) AS state
        """;

    private static final RowTable<StateRow> STATES = RowTable.of("issue_state", StateRow.class, 2);
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
    private record CountKey(long block, IssueStatus status, long assignee) {

        static CountKey of(long position, IssueStatus status, @Nullable Long assignee) {
            return new CountKey(position / BLOCK, status, assignee == null ? 0 : assignee);
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
                    states.put(row.getLong(1), state(row));
                }
            }
        }
        return states;
    }

    private static StateRow state(ResultSet row) throws SQLException {
        return new StateRow(
                row.getLong("issue_id"),
                row.getLong("from_position"),
                row.getLong("sequence"),
                row.getString("title"),
                row.getObject("description_position", Long.class),
                IssueStatus.of(row.getString("status")),
                row.getObject("assignee", Long.class),
                row.getLong("version"),
                row.getBoolean("edited"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                new JsonText(row.getString("labels")),
                row.getBoolean("withdrawn"),
                // Not needed for the states that follow.
                null,
                null);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
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
                || !Objects.equals(state.assignee(), state.assigneeBefore());
    }

    private static void count(StateRow state, Counters counts) {
        var position = state.fromPosition();
        if (state.statusBefore() != null) {
            counts.add(COUNTS, CountKey.of(position, state.statusBefore(), state.assigneeBefore()), -1);
        }
        if (!state.withdrawn()) {
            counts.add(COUNTS, CountKey.of(position, state.status(), state.assignee()), 1);
        }
    }
}
