package dev.recount.query.rebuild;

import dev.recount.eventstore.database.LongRunningSessions;
import dev.recount.query.generations.FilledGeneration;
import dev.recount.query.generations.TableGeneration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections whose search path finds the tables of all generations of a run, and threads that share the work of each
 * window.
 *
 * <p>A window is done when all projections have applied it, so they are always at the same position.
 */
final class GenerationWriters implements AutoCloseable {

    private static final int MOST = 4;

    /**
     * Commits without waiting for the disk: data lost in a crash was not swapped in yet. Plans are made for tables that
     * grow.
     */
    private static final String SETTINGS = LongRunningSessions.SETTINGS
            + "SET synchronous_commit = off; SET plan_cache_mode = force_custom_plan; SET search_path = ";

    private static final String RESET = LongRunningSessions.RESET
            + "RESET synchronous_commit; RESET plan_cache_mode; RESET search_path;"
            + " RESET max_parallel_maintenance_workers";

    private final RebuildThrottle throttle;
    private final List<FilledGeneration> generations;
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads;
    private final Map<String, Long> nanos = new ConcurrentHashMap<>();
    private final Map<String, Long> leftOut = new ConcurrentHashMap<>();
    private boolean closed;

    GenerationWriters(DataSource dataSource, List<FilledGeneration> generations, RebuildThrottle throttle)
            throws SQLException {
        this.throttle = throttle;
        this.generations = new ArrayList<>(generations);
        var count = Math.min(generations.size(), Math.min(Runtime.getRuntime().availableProcessors(), MOST));
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("rebuild-writer-", 1).factory());
        try {
            for (var opened = 0; opened < count; opened++) {
                var connection = dataSource.getConnection();
                connections.add(connection);
                TableGeneration.execute(connection, SETTINGS + searchPath());
            }
        } catch (SQLException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private String searchPath() {
        var live = generations.getFirst().tables().live();
        return generations.stream()
                        .map(generation ->
                                TableGeneration.quoted(generation.tables().schema()))
                        .collect(Collectors.joining(", "))
                + ", " + TableGeneration.quoted(live);
    }

    /** Work on one generation. */
    @FunctionalInterface
    private interface Work {
        void on(FilledGeneration generation, Connection connection) throws SQLException;
    }

    /**
     * Applies a window to all generations, in one transaction per connection.
     *
     * @throws RefusedEventException if a projection fails on it
     */
    void apply(LogWindow window) throws SQLException, InterruptedException {
        share(true, (generation, connection) -> {
            var began = System.nanoTime();
            leftOut.merge(generation.name(), apply(window, generation, connection), Long::sum);
            nanos.merge(generation.name(), System.nanoTime() - began, Long::sum);
        });
    }

    /** The number of discarded events that a generation lacks so far. */
    long leftOut(FilledGeneration generation) {
        return leftOut.getOrDefault(generation.name(), 0L);
    }

    /**
     * Applies a window in the open transaction of the connection, and returns the number of discarded events left out.
     */
    static long apply(LogWindow window, FilledGeneration generation, Connection connection) throws SQLException {
        var wanted = DiscardedEvents.remove(connection, generation.name(), window);
        if (!wanted.window().events().isEmpty()) {
            apply(generation, wanted.window(), connection);
        }
        return wanted.removed();
    }

    private static void apply(FilledGeneration generation, LogWindow wanted, Connection connection)
            throws SQLException {
        try {
            generation.projection().apply(wanted.events(), connection);
        } catch (SQLException | RuntimeException failure) {
            if (Cancellation.isCauseOf(failure) || !connection.isValid(1)) {
                throw failure;
            }
            connection.rollback();
            throw new RefusedEventSearch(generation.projection(), connection).explain(wanted, failure);
        }
    }

    /** Builds the remaining indexes. */
    void finish() throws SQLException, InterruptedException {
        for (var connection : connections) {
            TableGeneration.execute(
                    connection,
                    throttle.isDue()
                            ? "SET max_parallel_maintenance_workers = 0"
                            : "RESET max_parallel_maintenance_workers");
        }
        share(false, (generation, connection) -> {
            var began = System.nanoTime();
            generation.tables().finish(connection);
            LockSupport.parkNanos(throttle.restAfter(Duration.ofNanos(System.nanoTime() - began))
                    .toNanos());
        });
    }

    /** Runs the work for all generations, slowest first, each on the next free connection. */
    private void share(boolean transaction, Work work) throws SQLException, InterruptedException {
        var waiting = new LinkedBlockingQueue<>(generations.stream()
                .sorted(Comparator.comparing((FilledGeneration generation) -> nanos.getOrDefault(generation.name(), 0L))
                        .reversed())
                .toList());
        var tasks = connections.stream()
                .limit(throttle.workers(connections.size()))
                .map(connection -> (Callable<@Nullable Void>) () -> {
                    connection.setAutoCommit(!transaction);
                    try {
                        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                            work.on(next, connection);
                        }
                        if (transaction) {
                            connection.commit();
                        }
                    } catch (SQLException | RuntimeException failure) {
                        waiting.clear();
                        throw failure;
                    } finally {
                        restore(connection);
                    }
                    return null;
                })
                .toList();
        for (var task : threads.invokeAll(tasks)) {
            get(task);
        }
    }

    private static void restore(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void get(Future<?> task) throws SQLException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    /**
     * Cancels the running statements, however long they would take. May be called at any time from any thread.
     *
     * <p>A statement that starts a moment later is not cancelled, so callers repeat the call until the run ends.
     */
    synchronized void cancel() {
        if (!closed) {
            connections.forEach(Cancellation::of);
        }
    }

    /** Stops further cancellations, because the connections may soon belong to other work. */
    private synchronized void keepFromCancelling() {
        closed = true;
    }

    /** One of the connections, for use while no window is being applied. */
    Connection connection() {
        return connections.getFirst();
    }

    /** Removes a generation that has been swapped in; the others go on. */
    void remove(FilledGeneration generation) {
        generations.remove(generation);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        keepFromCancelling();
        for (var connection : connections) {
            try (connection) {
                reset(connection);
            } catch (SQLException _) {
                // The pool discards a broken connection.
            }
        }
    }

    /** A late cancellation may hit this reset once, but never the next owner of the connection. */
    private static void reset(Connection connection) throws SQLException {
        try {
            restore(connection);
            TableGeneration.execute(connection, RESET);
        } catch (SQLException failure) {
            if (!Cancellation.isCauseOf(failure)) {
                throw failure;
            }
            restore(connection);
            TableGeneration.execute(connection, RESET);
        }
    }
}
