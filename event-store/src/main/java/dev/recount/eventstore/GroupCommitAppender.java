package dev.recount.eventstore;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ObjLongConsumer;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's one writer of the log: it takes all appends that wait and commits them together, so that one flush to
 * disk serves many commands.
 *
 * <p>The batches size themselves: what arrives while one is being committed makes up the next.
 */
final class GroupCommitAppender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitAppender.class);

    /** Bounds the statement's parameters; a single larger append still goes in whole. */
    private static final int MAX_EVENTS_PER_BATCH = 2_000;

    private static final int MAX_CHARS_PER_BATCH = 4 << 20;

    private static final int DEAD_CONNECTIONS_TRIED = 5;

    private final LogWriter writer;
    private final ObjLongConsumer<Append> onAppended;
    private final LinkedBlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private @Nullable Append heldBack;
    private volatile boolean closing;

    /** @param onAppended told of each append in position order, with the position before its first event */
    GroupCommitAppender(LogWriter writer, ObjLongConsumer<Append> onAppended) {
        this.writer = writer;
        this.onAppended = onAppended;
        this.thread = Thread.ofPlatform().name("recount-appender").daemon().start(this::run);
    }

    /**
     * Waits until the events are durable and returns the position before the first of them.
     *
     * @throws org.axonframework.modelling.command.ConcurrencyException when one of their places is taken
     * @throws LogUnavailableException when the database cannot be reached; the outcome is then unknown
     */
    long append(Append append) {
        if (closing) {
            throw new IllegalStateException("The event log is closed");
        }
        waiting.add(append);
        if (!thread.isAlive()) {
            failWaiting();
        }
        try {
            return append.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void run() {
        List<Append> batch = new ArrayList<>();
        while (takeBatch(batch)) {
            try {
                write(batch);
            } catch (RuntimeException | Error e) {
                LOG.error("A batch of {} appends failed unexpectedly", batch.size(), e);
                fail(batch, new EventStoreException("The append failed unexpectedly", e));
            }
            batch.clear();
        }
    }

    private boolean takeBatch(List<Append> batch) {
        try {
            Append next = heldBack != null ? heldBack : waiting.take();
            heldBack = null;
            int events = 0;
            long chars = 0;
            while (next != null) {
                if (next.size() == 0) {
                    return false; // the closing mark
                }
                events += next.size();
                chars += next.events().stream()
                        .mapToLong(event -> event.payload().length())
                        .sum();
                if (!batch.isEmpty() && (events > MAX_EVENTS_PER_BATCH || chars > MAX_CHARS_PER_BATCH)) {
                    heldBack = next;
                    break;
                }
                batch.add(next);
                next = waiting.peek() != null && waiting.peek().size() == 0 ? null : waiting.poll();
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void write(List<Append> batch) {
        try {
            writer.appendAll(batch);
        } catch (SQLException e) {
            if (SqlErrors.isConflict(e) || SqlErrors.isUnavailable(e)) {
                writeUncontested(batch);
            } else {
                // The database refuses a value; each append alone shows whose it is.
                batch.forEach(append -> writeUncontested(List.of(append)));
            }
        }
        announce(batch);
    }

    private void writeUncontested(List<Append> appends) {
        for (int attempt = 1; ; attempt++) {
            try {
                writer.appendUncontested(appends);
                return;
            } catch (SQLException e) {
                if (!connectionWasDead(e) || attempt == DEAD_CONNECTIONS_TRIED) {
                    fail(appends, SqlErrors.translate("Appending " + appends.size() + " times to the log", e));
                    return;
                }
            }
        }
    }

    /** A pool may hold several connections to a server that has restarted since; a pool that has none says so itself. */
    private static boolean connectionWasDead(SQLException e) {
        return SqlErrors.isUnavailable(e) && !(e instanceof SQLTransientConnectionException);
    }

    /** The callers are answered by the writer already; this only wakes readers, who could find the events by asking. */
    private void announce(List<Append> batch) {
        batch.stream()
                .filter(append -> !append.done().isCompletedExceptionally()
                        && append.done().isDone())
                .sorted((a, b) -> Long.compare(a.done().join(), b.done().join()))
                .forEach(append -> onAppended.accept(append, append.done().join()));
    }

    private static void fail(List<Append> appends, RuntimeException cause) {
        appends.forEach(append -> append.done().completeExceptionally(cause));
    }

    private void failWaiting() {
        List<Append> left = new ArrayList<>();
        waiting.drainTo(left);
        fail(left, new IllegalStateException("The event log is closed"));
    }

    /** Writes what waits, then stops. */
    @Override
    public void close() {
        closing = true;
        waiting.add(new Append(List.of(), List.of()));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting();
    }
}
