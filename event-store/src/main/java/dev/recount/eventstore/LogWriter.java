package dev.recount.eventstore;

import dev.recount.eventstore.tree.Frontier;
import dev.recount.eventstore.tree.TreeHasher;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write the log: one for a batch in which nothing conflicts, COPY for a large one, and the exact way
 * for the rest.
 *
 * <p>It remembers the tree as it last saw it, so that whoever is alone with the log need not read what it has written
 * itself. Not for several threads at once.
 */
final class LogWriter {

    private static final String APPEND = "SELECT append_events(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String READ_TREE = "SELECT size, frontier FROM log_tree";

    /** In events; from so many on COPY is cheaper than arrays, although it takes more round trips. */
    private static final int MANY = 200;

    private static final String NOTIFY = "SELECT pg_notify('recount_event_log', ?)";

    private static final String LOCK_TREE = "SELECT size, frontier FROM lock_log_tree()";

    private static final String FIND_TAKEN = """
        SELECT log.stream, log.sequence, log.event_id, log.position
        FROM unnest(?, ?) AS wanted (stream, sequence)
        JOIN event_log AS log ON log.stream = wanted.stream AND log.sequence = wanted.sequence
        """;

    private final DataSource dataSource;
    private final TreeHasher hasher = new TreeHasher();
    private @Nullable Frontier known;
    private boolean alone = true;

    /** In events; a log that is shorter was set back, and what is to be appended was decided on what it lost. */
    private long leastSize;

    private volatile boolean anew;

    LogWriter(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Called when it is another log from now on, of which nothing is known yet; by any thread. */
    void startAnew() {
        anew = true;
    }

    private void begin() {
        if (anew) {
            anew = false;
            known = null;
            leastSize = 0;
        } else if (known != null) {
            leastSize = known.size();
        }
    }

    /**
     * Writes the batch; a conflict anywhere refuses the whole.
     *
     * <p>That takes one statement, which is a transaction of its own, as long as nobody else appends and the batch is not
     * large.
     */
    void appendAll(List<Append> batch) throws SQLException {
        begin();
        try (Connection connection = dataSource.getConnection()) {
            if (batch.stream().mapToInt(Append::size).sum() >= MANY) {
                complete(batch, copyAll(connection, batch).size());
                return;
            }
            Frontier tree = known != null ? known : readTree(connection, READ_TREE);
            if (alone) {
                try {
                    known = append(connection, SealedBatch.of(batch, tree, hasher));
                    complete(batch, tree.size());
                    return;
                } catch (SQLException e) {
                    // Whether it is in the log all the same is not known, unless a conflict is what kept it out.
                    known = SqlErrors.isConflict(e) ? tree : null;
                    if (!SqlErrors.isOutdated(e)) {
                        throw e;
                    }
                }
            }
            Frontier found = inTransaction(connection, () -> {
                Frontier locked = readTree(connection, LOCK_TREE);
                known = append(connection, SealedBatch.of(batch, locked, hasher));
                return locked;
            });
            alone = found.size() == tree.size();
            complete(batch, found.size());
        }
    }

    /** Returns the tree as it was before. */
    private Frontier copyAll(Connection connection, List<Append> batch) throws SQLException {
        return inTransaction(connection, () -> {
            Frontier locked = readTree(connection, LOCK_TREE);
            SealedBatch sealed = SealedBatch.of(batch, locked, hasher);
            try (SealedRows rows = new SealedRows(connection)) {
                for (SealedRow row : sealed.rows()) {
                    rows.add(row);
                }
                rows.end();
            }
            try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
                notify.setString(1, Long.toString(sealed.after().size()));
                notify.execute();
            }
            known = sealed.after();
            return locked;
        });
    }

    /**
     * Writes those appends of the batch whose places in their streams are free, and fails the others.
     *
     * <p>Appends that the log already holds under the same event ids count as done: after a lost connection this finds
     * out whether the lost answer was a yes.
     */
    void appendUncontested(List<Append> batch) throws SQLException {
        begin();
        try (Connection connection = dataSource.getConnection()) {
            Outcome outcome = inTransaction(connection, () -> {
                Frontier locked = readTree(connection, LOCK_TREE);
                Verdict verdict = judge(batch, findTaken(connection, batch));
                known = verdict.free().isEmpty()
                        ? locked
                        : append(connection, SealedBatch.of(verdict.free(), locked, hasher));
                return new Outcome(verdict, locked.size());
            });
            Verdict verdict = outcome.verdict();
            complete(verdict.free(), outcome.before());
            verdict.present().forEach((append, position) -> append.done().complete(position));
            verdict.contested().forEach(LogWriter::refuse);
        }
    }

    private record Outcome(Verdict verdict, long before) {}

    /** A part of a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** What fails leaves nothing behind, and nothing known of the tree either. */
    private <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            known = null;
            rollBackQuietly(connection, e);
            throw e;
        } finally {
            restoreAutoCommit(connection);
        }
    }

    /** @throws LogSetBackException where it is smaller than it was */
    private Frontier readTree(Connection connection, String sql) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(sql);
                ResultSet row = read.executeQuery()) {
            row.next();
            Frontier tree = new Frontier(row.getLong(1), row.getBytes(2));
            if (tree.size() < leastSize) {
                throw new LogSetBackException(leastSize, tree.size());
            }
            return tree;
        }
    }

    private static void refuse(Append append) {
        StoredEvent first = append.events().getFirst();
        append.done()
                .completeExceptionally(new ConcurrencyException("Sequence " + first.sequence() + " of " + first.stream()
                        + ", or another that was to be" + " appended with it, is taken"));
    }

    private static void complete(List<Append> appends, long before) {
        long position = before;
        for (Append append : appends) {
            append.done().complete(position);
            position += append.size();
        }
    }

    /** Which appends of a batch can be written, which already were, and which come too late. */
    private record Verdict(List<Append> free, Map<Append, Long> present, List<Append> contested) {}

    private static Verdict judge(List<Append> batch, Map<Place, Holder> taken) {
        List<Append> free = new ArrayList<>();
        Map<Append, Long> present = new HashMap<>();
        List<Append> contested = new ArrayList<>();
        Set<Place> claimed = new HashSet<>();
        for (Append append : batch) {
            List<Place> places = append.events().stream().map(Place::of).toList();
            StoredEvent first = append.events().getFirst();
            Holder holder = taken.get(places.getFirst());
            if (holder != null && holder.eventId().equals(first.eventId().toString())) {
                present.put(append, holder.position() - 1);
            } else if (places.stream().anyMatch(place -> taken.containsKey(place) || claimed.contains(place))) {
                contested.add(append);
            } else {
                claimed.addAll(places);
                free.add(append);
            }
        }
        return new Verdict(free, present, contested);
    }

    private record Place(String stream, long sequence) {

        static Place of(StoredEvent event) {
            return new Place(event.stream(), event.sequence());
        }
    }

    private record Holder(String eventId, long position) {}

    private static Map<Place, Holder> findTaken(Connection connection, List<Append> batch) throws SQLException {
        Map<Place, Holder> taken = new HashMap<>();
        try (PreparedStatement find = connection.prepareStatement(FIND_TAKEN)) {
            find.setArray(1, array(connection, "text", batch, StoredEvent::stream));
            find.setArray(2, array(connection, "bigint", batch, StoredEvent::sequence));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    taken.put(
                            new Place(rows.getString(1), rows.getLong(2)),
                            new Holder(rows.getString(3), rows.getLong(4)));
                }
            }
        }
        return taken;
    }

    /** Returns the tree as it is afterwards. */
    private static Frontier append(Connection connection, SealedBatch sealed) throws SQLException {
        List<Append> batch = sealed.appends();
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setLong(1, sealed.before().size());
            append.setBytes(2, sealed.before().smallest());
            append.setArray(3, array(connection, "text", batch, StoredEvent::stream));
            append.setArray(4, array(connection, "bigint", batch, StoredEvent::sequence));
            append.setArray(5, array(connection, "uuid", batch, StoredEvent::eventId));
            append.setArray(6, array(connection, "text", batch, StoredEvent::type));
            append.setArray(7, array(connection, "integer", batch, StoredEvent::revision));
            append.setArray(8, array(connection, "text", batch, StoredEvent::payload));
            append.setArray(9, array(connection, "text", batch, StoredEvent::metadata));
            append.setArray(
                    10,
                    array(
                            connection,
                            "timestamptz",
                            batch,
                            event -> event.recordedAt().toString()));
            append.setArray(11, connection.createArrayOf("bytea", sealed.leafHashes()));
            append.setArray(12, connection.createArrayOf("bytea", sealed.subtreeHashes()));
            try (ResultSet row = append.executeQuery()) {
                row.next();
            }
            return sealed.after();
        }
    }

    private static Array array(
            Connection connection, String sqlType, List<Append> batch, Function<StoredEvent, Object> column)
            throws SQLException {
        Object[] values = new Object[batch.stream().mapToInt(Append::size).sum()];
        int next = 0;
        for (Append append : batch) {
            for (StoredEvent event : append.events()) {
                values[next++] = column.apply(event);
            }
        }
        return connection.createArrayOf(sqlType, values);
    }

    private static void rollBackQuietly(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void restoreAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is broken and the pool will find that out; what matters was answered above.
            return;
        }
    }
}
