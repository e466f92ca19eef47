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
 * Writes the log: by one statement a batch in which nothing conflicts, by COPY a large one, and the exact way the rest.
 *
 * <p>It remembers the tree as it last saw it, so that a node that is alone with the log need not read what it has written
 * itself. Not for several threads at once.
 */
public final class LogWriter {

    /** In events; from so many on COPY is cheaper than arrays, although it takes more round trips. */
    private static final int MANY = 200;

    private final DataSource dataSource;
    private final TreeHasher hasher = new TreeHasher();
    private @Nullable CompactRange known;
    private boolean alone = true;
    private boolean undecided;

    /** In events; a log that is shorter was set back, and what is to be appended was decided on what it lost. */
    private long leastSize;

    private volatile boolean anew;

    public LogWriter(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Called when it is another log from now on, of which nothing is known yet; by any thread. */
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

    /** Whether what was tried last may be in the log although it failed. */
    boolean isUndecided() {
        return undecided;
    }

    /**
     * Writes the batch; a conflict anywhere refuses the whole.
     *
     * <p>That takes one statement, which is a transaction of its own, as long as no other node appends and the batch is not
     * large.
     *
     * @param lockMillis how long it waits for the log's lock
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

    /** Whether the log was still as this node knew it; if not, nothing is written. */
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
     * Writes those appends of the batch whose places in their streams are free, and fails the others.
     *
     * <p>Appends that the log already holds under the same event ids count as done: after a lost connection this finds
     * out whether the lost answer was a yes.
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

    /** A part of a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * What fails leaves nothing behind, and nothing known of the tree either.
     *
     * <p>To switch automatic commits on commits what is open. So that happens only after the end of the transaction is
     * certain; if it is not, the connection is given up.
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

    /** @throws LogSetBackException if it is smaller than it was */
    private CompactRange requireWhole(CompactRange tree) throws LogSetBackException {
        if (tree.size() < leastSize) {
            throw new LogSetBackException(leastSize, tree.size());
        }
        return tree;
    }

    /** What was committed is committed, whatever happens here. */
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

    /** The driver may have been interrupted between two bytes: nothing that it would say now can be relied on. */
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
}
