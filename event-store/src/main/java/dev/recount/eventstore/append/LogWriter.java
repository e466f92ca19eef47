package dev.recount.eventstore.append;

import dev.recount.eventstore.append.LogStatements.Holder;
import dev.recount.eventstore.append.LogStatements.Place;
import dev.recount.eventstore.database.SqlErrors;
import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.tree.CompactRange;
import dev.recount.eventstore.tree.TreeHasher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches of appends to the log. A batch without conflicts takes one statement, a large one takes COPY. {@link
 * #appendUncontested} handles the rest.
 *
 * <p>It caches the tree, so that a node that is the only writer does not read back what it wrote. Not thread-safe.
 */
public final class LogWriter {

    /** In events. From this size on, COPY is cheaper than arrays, although it takes more round trips. */
    private static final int MANY = 200;

    private final DataSource dataSource;
    private final TreeHasher hasher = new TreeHasher();
    private @Nullable CompactRange known;
    private boolean alone = true;
    private boolean undecided;

    /** In events. A shorter log was set back, so the pending appends are based on events that it lost. */
    private long leastSize;

    private volatile boolean anew;

    public LogWriter(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Drops everything known about the log, because it was replaced by another. Callable from any thread. */
    public void startAnew() {
        anew = true;
    }

    private void begin() {
        undecided = false;
        if (anew) {
            anew = false;
            known = null;
            leastSize = 0;
        } else if (known != null) {
            leastSize = known.size();
        }
    }

    /** Whether the last attempt may have taken effect although it failed. */
    boolean isUndecided() {
        return undecided;
    }

    /**
     * Writes the batch. A conflict anywhere refuses the whole batch.
     *
     * <p>This takes one statement, in its own transaction, as long as no other node appends and the batch is not large.
     *
     * @param lockMillis maximum wait for the log's lock
     */
    public void appendAll(List<Append> batch, long lockMillis) throws SQLException {
        begin();
        try (Connection connection = dataSource.getConnection()) {
            if (batch.stream().mapToInt(Append::size).sum() >= MANY) {
                CompactRange before = inTransaction(connection, () -> {
                    CompactRange locked = requireWhole(LogStatements.lockTree(connection, lockMillis));
                    known = LogStatements.copy(connection, SealedBatch.of(batch, locked, hasher));
                    return locked;
                });
                decided(batch, before.size());
                return;
            }
            CompactRange tree = known != null ? known : requireWhole(LogStatements.readTree(connection));
            if (alone && appendAlone(connection, batch, tree, lockMillis)) {
                decided(batch, tree.size());
                return;
            }
            CompactRange found = inTransaction(connection, () -> {
                CompactRange locked = requireWhole(LogStatements.lockTree(connection, lockMillis));
                known = LogStatements.append(connection, SealedBatch.of(batch, locked, hasher), lockMillis);
                return locked;
            });
            alone = found.size() == tree.size();
            decided(batch, found.size());
        }
    }

    /** Returns whether the log was still as this node knew it. If not, nothing is written. */
    private boolean appendAlone(Connection connection, List<Append> batch, CompactRange tree, long lockMillis)
            throws SQLException {
        SealedBatch sealed = SealedBatch.of(batch, tree, hasher);
        undecided = true;
        try {
            known = LogStatements.append(connection, sealed, lockMillis);
            return true;
        } catch (SQLException e) {
            undecided = SqlErrors.leavesUndecided(e);
            known = SqlErrors.isConflict(e) ? tree : null;
            if (SqlErrors.isOutdated(e)) {
                return false;
            }
            throw e;
        } catch (RuntimeException | Error e) {
            known = null;
            abort(connection, e);
            throw e;
        }
    }

    /**
     * Writes the appends of the batch whose places in their streams are free, and fails the others.
     *
     * <p>Appends that the log already holds under the same event ids count as done. After a lost connection, this shows
     * whether the earlier attempt was committed.
     *
     * @param lockMillis as for {@link #appendAll}
     */
    public void appendUncontested(List<Append> batch, long lockMillis) throws SQLException {
        begin();
        try (Connection connection = dataSource.getConnection()) {
            Outcome outcome = inTransaction(connection, () -> {
                CompactRange locked = requireWhole(LogStatements.lockTree(connection, lockMillis));
                Verdict verdict = judge(batch, LogStatements.findTaken(connection, batch));
                known = verdict.free().isEmpty()
                        ? locked
                        : LogStatements.append(connection, SealedBatch.of(verdict.free(), locked, hasher), lockMillis);
                return new Outcome(verdict, locked.size());
            });
            Verdict verdict = outcome.verdict();
            complete(verdict.free(), outcome.before());
            verdict.present().forEach(Append::complete);
            verdict.contested().forEach(LogWriter::refuse);
            undecided = false;
        }
    }

    private record Outcome(Verdict verdict, long before) {}

    /** The work of a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Runs work in a transaction. A failure rolls it back and drops the cached tree.
     *
     * <p>Enabling auto-commit commits an open transaction. So this happens only after the transaction has certainly
     * ended; otherwise the connection is aborted.
     */
    private <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            undecided = true;
            connection.commit();
            restore(connection);
            return result;
        } catch (SQLException e) {
            known = null;
            undecided = undecided && SqlErrors.leavesUndecided(e);
            rollBack(connection, e);
            throw e;
        } catch (RuntimeException | Error e) {
            known = null;
            abort(connection, e);
            throw e;
        }
    }

    /** @throws LogSetBackException if the tree is smaller than it was */
    private CompactRange requireWhole(CompactRange tree) throws LogSetBackException {
        if (tree.size() < leastSize) {
            throw new LogSetBackException(leastSize, tree.size());
        }
        return tree;
    }

    /** Restores auto-commit. A failure here does not affect what was committed. */
    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            abort(connection, e);
        }
    }

    private static void rollBack(Connection connection, SQLException cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException | Error e) {
            cause.addSuppressed(e);
            abort(connection, cause);
        }
    }

    /** Aborts the connection: the driver may have been interrupted between two bytes, so its state is unreliable. */
    private static void abort(Connection connection, Throwable cause) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    private void decided(List<Append> appends, long before) {
        complete(appends, before);
        undecided = false;
    }

    private static void refuse(Append append) {
        StoredEvent first = append.events().getFirst();
        append.fail(new ConcurrencyException("Sequence " + first.sequence() + " of " + first.stream()
                + ", or another that was to be appended with it, is taken"));
    }

    private static void complete(List<Append> appends, long before) {
        long position = before;
        for (Append append : appends) {
            append.complete(position);
            position += append.size();
        }
    }

    /** The appends of a batch that can be written, those already in the log, and those whose places are taken. */
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
}
