package dev.recount.query.rebuild;

import dev.recount.eventstore.scan.LogScan;
import dev.recount.query.consistency.ReadActivity;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts runs that rebuild or verify projections. Shows and cancels the runs of all nodes.
 *
 * <p>Needs only a database, so both a node and a command line can use it.
 */
public final class Rebuilds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);

    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final LogScan scan;
    private final ReadActivity activity;
    private final Map<String, Projection> projections;
    private final String node;
    private final Set<RebuildRun> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rebuild-beat").factory());

    /**
     * For a process that serves no reads.
     *
     * @param node display name of the process
     */
    public Rebuilds(DataSource dataSource, LogScan scan, Collection<Projection> projections, String node) {
        this(dataSource, scan, projections, node, new ReadActivity());
    }

    Rebuilds(
            DataSource dataSource,
            LogScan scan,
            Collection<Projection> projections,
            String node,
            ReadActivity activity) {
        this.dataSource = dataSource;
        this.scan = scan;
        this.activity = activity;
        this.projections = projections.stream().collect(Collectors.toMap(Projection::name, Function.identity()));
        this.node = node;
        var _ = beats.scheduleWithFixedDelay(
                () -> running.forEach(Rebuilds::beat), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void beat(RebuildRun run) {
        try {
            run.beat();
        } catch (RuntimeException | OutOfMemoryError unexpected) {
            // An exception that escapes would end the heartbeat of all runs.
            LOG.error("Run {} stops", run.id(), unexpected);
            run.stop(RebuildPhase.INTERRUPTED);
        }
    }

    /** Fills a new generation of these projections in one pass over the log, and swaps it in. */
    public StartOutcome rebuild(Collection<String> names) throws SQLException {
        return start(RebuildKind.REBUILD, names);
    }

    /** Fills a generation beside the live one and compares them row by row; the live one is not changed. */
    public StartOutcome verify(Collection<String> names) throws SQLException {
        return start(RebuildKind.VERIFICATION, names);
    }

    StartOutcome start(RebuildKind kind, Collection<String> names) throws SQLException {
        var sorted = List.copyOf(new TreeSet<>(names));
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a run needs a projection");
        }
        var refused = refusal(kind, sorted);
        if (refused.isPresent()) {
            return refused.get();
        }
        var attempt = RunClaim.attempt(dataSource, kind, sorted, node);
        if (attempt.claim() == null) {
            return new StartOutcome.Busy(String.valueOf(attempt.taken()));
        }
        var throttle = new RebuildThrottle(activity);
        var run = new RebuildRun(
                dataSource,
                new LogWindows(dataSource, scan, throttle),
                throttle,
                attempt.claim(),
                kind,
                sorted.stream().map(projections::get).toList());
        running.add(run);
        Thread.ofPlatform().daemon().name("rebuild-" + run.id()).start(() -> {
            try {
                run.run();
            } finally {
                running.remove(run);
            }
        });
        return new StartOutcome.Started(run.id(), run.end().minimalCompletionStage());
    }

    private Optional<StartOutcome> refusal(RebuildKind kind, List<String> names) throws SQLException {
        var checkpoints = on(StoredProjection::all);
        for (var name : names) {
            var projection = projections.get(name);
            if (projection == null) {
                return Optional.of(new StartOutcome.UnknownProjection(name));
            }
            var checkpoint = checkpoints.get(name);
            var version = projection.version();
            if (checkpoint != null && checkpoint.version() > version) {
                return Optional.of(new StartOutcome.NewerVersion(name, checkpoint.version()));
            }
            if (kind == RebuildKind.VERIFICATION
                    && (checkpoint == null || checkpoint.generation() == 0 || checkpoint.version() != version)) {
                return Optional.of(new StartOutcome.NotComparable(name));
            }
        }
        return Optional.empty();
    }

    /** The run with this id, on any node. */
    public Optional<RebuildState> find(long id) throws SQLException {
        return on(connection -> RebuildRows.find(connection, id));
    }

    /** The newest runs first, including finished ones; about a hundred of these are kept. */
    public List<RebuildState> newest(int limit) throws SQLException {
        return on(connection -> RebuildRows.newest(connection, limit));
    }

    /** Requests that the run ends, on any node; projections that it has already swapped in stay. */
    public CancelOutcome cancel(long id) throws SQLException {
        return on(connection -> {
            if (RebuildRows.requestCancel(connection, id)) {
                running.stream().filter(run -> run.id() == id).forEach(run -> run.stop(RebuildPhase.CANCELLED));
                return CancelOutcome.REQUESTED;
            }
            return RebuildRows.find(connection, id).isPresent()
                    ? CancelOutcome.ALREADY_OVER
                    : CancelOutcome.UNKNOWN_RUN;
        });
    }

    /** Marks runs as interrupted whose process is gone, and drops their schemas. */
    public void sweep() throws SQLException {
        LeftoverGenerations.sweep(dataSource);
    }

    /** The projections that are new, or that an older version than this node's has filled. */
    List<String> unfilled() throws SQLException {
        var checkpoints = on(StoredProjection::all);
        return projections.values().stream()
                .filter(projection -> {
                    var checkpoint = checkpoints.get(projection.name());
                    return checkpoint != null
                            && checkpoint.version() <= projection.version()
                            && (checkpoint.generation() == 0 || checkpoint.version() < projection.version());
                })
                .map(Projection::name)
                .sorted()
                .toList();
    }

    /** The same, except for projections whose fill failed or was cancelled within the last minute. */
    List<String> unfilledAndNotGivenUp() throws SQLException {
        var givenUp = on(RebuildRows::latelyGivenUp);
        return unfilled().stream().filter(name -> !givenUp.contains(name)).toList();
    }

    /** A query on a connection. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T on(Question<T> question) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return question.ask(connection);
        }
    }

    /** Ends the runs of this process as interrupted, and waits until they have cleaned up. */
    @Override
    public void close() {
        var ends = running.stream().map(RebuildRun::end).toList();
        running.forEach(run -> run.stop(RebuildPhase.INTERRUPTED));
        for (var end : ends) {
            try {
                end.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (Exception failed) {
                LOG.warn("A run did not end in time; another node will clean up after it", failed);
            }
        }
        beats.shutdownNow();
    }
}
