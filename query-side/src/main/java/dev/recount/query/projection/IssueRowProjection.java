package dev.recount.query.projection;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.StreamName;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import dev.recount.query.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Base class of projections that count issues. It keeps one row per issue, and passes every change of a row, in log
 * order, to the method that counts.
 *
 * <p>Events that change no row cost nothing. An event that is already in its row changes nothing, so a replay is
 * harmless. For this reason the rows of new issues are queried, too.
 *
 * <p>A withdrawn issue counts as never created. Its row is deleted, and all its counts are computed again from the log
 * and subtracted. A replay is then harmless if it reaches the position that the rows had.
 */
public abstract class IssueRowProjection<R extends Record & IssueRow> implements Projection {

    /** Number of issues whose past is read by one statement. */
    private static final int PASTS_AT_ONCE = 1_000;

    private final String name;
    private final String rowTable;
    private final RowTable<R> rows;
    private final List<CounterTable<?>> counterTables;
    private @Nullable Supplier<LogScan> log;

    /**
     * @param name the stored name of the projection
     * @param rowTable name of the table of the rows
     * @param counterTables the tables of its counters
     */
    protected IssueRowProjection(String name, String rowTable, Class<R> rows, CounterTable<?>... counterTables) {
        this.name = name;
        this.rowTable = rowTable;
        this.rows = RowTable.of(rowTable, rows, 1);
        this.counterTables = List.of(counterTables);
    }

    /** Injected here, not by the constructor, so that subclasses do not depend on the source of an issue's past. */
    @Autowired
    final void readPastsFrom(ObjectProvider<LogScan> scan) {
        // Resolved on first use, because projections must be known without a database.
        log = scan::getObject;
    }

    /** Whether the event changes the row of its issue. Never called for {@link IssueWithdrawn}. */
    protected abstract boolean changesRow(IssueEvent event);

    /**
     * The row after an event that changes it.
     *
     * @param before null if there is no row yet; an event that does not create the issue is then an error
     */
    protected abstract R next(@Nullable R before, IssueEvent event, LoggedEvent logged);

    /**
     * Adds the effect of a change to the counters.
     *
     * @param before null for a new issue
     */
    protected abstract void count(@Nullable R before, R after, LoggedEvent logged, Counters counters);

    /** Reports are read rarely, while issues change all the time. */
    @Override
    public Duration batchDelay() {
        return Duration.ofMillis(250);
    }

    @Override
    public final String name() {
        return name;
    }

    /** Override with a higher version when the way of counting changes. */
    @Override
    public int version() {
        return 1;
    }

    @Override
    public final List<String> tables() {
        return Stream.concat(Stream.of(rowTable), counterTables.stream().map(CounterTable::name))
                .toList();
    }

    @Override
    public final void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var ids = new LinkedHashSet<Long>();
        var changes = new ArrayList<LoggedEvent>();
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event && concerns(event)) {
                ids.add(event.issueId());
                changes.add(logged);
            }
        }
        var before = rows.read(connection, ids);
        var after = new LinkedHashMap<Long, @Nullable R>();
        var withdrawn = new LinkedHashMap<Long, Long>();
        var counters = new Counters();
        for (var logged : changes) {
            var event = (IssueEvent) logged.event();
            var id = event.issueId();
            var present = after.containsKey(id) ? after.get(id) : before.get(id);
            if (present != null && present.sequence() >= logged.sequence()) {
                continue;
            }
            if (event instanceof IssueWithdrawn) {
                requireCreated(present, event, logged);
                withdrawn.put(id, logged.sequence());
                after.put(id, null);
            } else {
                var next = next(present, event, logged);
                after.put(id, next);
                count(present, next, logged, counters);
            }
        }
        deduct(connection, withdrawn, counters);
        write(connection, before, after);
        counters.write(connection);
    }

    private boolean concerns(IssueEvent event) {
        return event instanceof IssueWithdrawn || changesRow(event);
    }

    private static void requireCreated(@Nullable Object present, IssueEvent event, LoggedEvent logged) {
        if (present == null) {
            throw neverCreated(event, logged);
        }
    }

    /** @param withdrawn the issues, with the sequence of the last event of each */
    private void deduct(Connection connection, Map<Long, Long> withdrawn, Counters counters) throws SQLException {
        if (withdrawn.isEmpty()) {
            return;
        }
        var ids = List.copyOf(withdrawn.keySet());
        var deducted = counters.deducted();
        for (var from = 0; from < ids.size(); from += PASTS_AT_ONCE) {
            var some = ids.subList(from, Math.min(from + PASTS_AT_ONCE, ids.size()));
            var streams = some.stream().map(StreamName::issue).toList();
            var discarded = DiscardedPositions.of(connection, name, streams);
            var past = new HashMap<Long, R>();
            Objects.requireNonNull(log).get().readStreams(connection, streams, scanned -> {
                var logged = LoggedEvent.of(scanned);
                var event = (IssueEvent) logged.event();
                var id = event.issueId();
                if (changesRow(event)
                        && logged.sequence() < withdrawn.getOrDefault(id, 0L)
                        && !discarded.contains(logged.position())) {
                    var present = past.get(id);
                    var next = next(present, event, logged);
                    past.put(id, next);
                    count(present, next, logged, deducted);
                }
            });
        }
    }

    private void write(Connection connection, Map<Long, R> before, Map<Long, @Nullable R> after) throws SQLException {
        var created = new ArrayList<R>();
        var changed = new ArrayList<R>();
        var gone = new ArrayList<Long>();
        after.forEach((id, row) -> {
            if (row == null) {
                gone.add(id);
            } else {
                (before.containsKey(id) ? changed : created).add(row);
            }
        });
        rows.delete(connection, gone);
        rows.insert(connection, created);
        rows.upsert(connection, changed);
    }

    /** The exception for an event that needs an existing row. */
    protected static IllegalStateException neverCreated(IssueEvent event, LoggedEvent logged) {
        return new IllegalStateException("issue %d has an event at position %d but was never created"
                .formatted(event.issueId(), logged.position()));
    }
}
