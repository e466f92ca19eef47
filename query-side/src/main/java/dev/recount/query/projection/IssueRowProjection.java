package dev.recount.query.projection;

import dev.recount.events.IssueEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to issues: it remembers a row of each, and hands every change of a row, in the order of the log, to
 * the method that counts.
 *
 * <p>Events that change no row cost nothing. One that is in its row already changes nothing, so that a replay is harmless;
 * this is why the rows of new issues are asked for, too.
 */
public abstract class IssueRowProjection<R extends Record & IssueRow> implements Projection {

    private final String name;
    private final String rowTable;
    private final RowTable<R> rows;
    private final List<TallyTable<?>> tallyTables;

    /**
     * @param name the stored name of the projection
     * @param rowTable the name of the table of the rows
     * @param tallyTables where it counts
     */
    protected IssueRowProjection(String name, String rowTable, Class<R> rows, TallyTable<?>... tallyTables) {
        this.name = name;
        this.rowTable = rowTable;
        this.rows = RowTable.of(rowTable, rows, 1);
        this.tallyTables = List.of(tallyTables);
    }

    /** Whether the event changes the row of its issue. */
    protected abstract boolean changesRow(IssueEvent event);

    /**
     * The row after an event that changes it.
     *
     * @param before null where there is none; an event that creates no issue is then an error
     */
    protected abstract R next(@Nullable R before, IssueEvent event, LoggedEvent logged);

    /**
     * Adds what a change means for the counters.
     *
     * @param before null for a new issue
     */
    protected abstract void count(@Nullable R before, R after, LoggedEvent logged, Tallies tallies);

    /** Reports are read now and then, and issues change all the time. */
    @Override
    public Duration gathers() {
        return Duration.ofMillis(250);
    }

    @Override
    public final String name() {
        return name;
    }

    /** One that comes to count differently overrides it with a higher one. */
    @Override
    public int version() {
        return 1;
    }

    @Override
    public final List<String> tables() {
        return Stream.concat(Stream.of(rowTable), tallyTables.stream().map(TallyTable::name))
                .toList();
    }

    @Override
    public final void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var ids = new LinkedHashSet<Long>();
        var changes = new ArrayList<LoggedEvent>();
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event && changesRow(event)) {
                ids.add(event.issueId());
                changes.add(logged);
            }
        }
        var before = rows.read(connection, ids);
        var after = new LinkedHashMap<Long, R>();
        var tallies = new Tallies();
        for (var logged : changes) {
            var event = (IssueEvent) logged.event();
            var present = after.getOrDefault(event.issueId(), before.get(event.issueId()));
            if (present == null || present.sequence() < logged.sequence()) {
                var next = next(present, event, logged);
                after.put(event.issueId(), next);
                count(present, next, logged, tallies);
            }
        }
        write(connection, before, after);
        tallies.write(connection);
    }

    private void write(Connection connection, Map<Long, R> before, Map<Long, R> after) throws SQLException {
        var created = new ArrayList<R>();
        var changed = new ArrayList<R>();
        after.values().forEach(row -> (before.containsKey(row.issueId()) ? changed : created).add(row));
        rows.insert(connection, created);
        rows.upsert(connection, changed);
    }

    /** What to throw for an event that would need a row where there is none. */
    protected static IllegalStateException neverCreated(IssueEvent event, LoggedEvent logged) {
        return new IllegalStateException("issue %d has an event at position %d but was never created"
                .formatted(event.issueId(), logged.position()));
    }
}
