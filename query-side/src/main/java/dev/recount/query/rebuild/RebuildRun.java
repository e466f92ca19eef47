package dev.recount.query.rebuild;

import dev.recount.eventstore.UnreadableEventException;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: fills a generation of the tables of some projections from the whole log in one pass, and puts them in the
 * place of the live ones, each projection in a short transaction of its own; or compares them and drops them.
 *
 * <p>However it ends, the tables that are read are whole generations: the old one, or the new one.
 */
final class RebuildRun {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildRun.class);

    /** So many events can be applied while a projection stands still. */
    private static final int NEAR = 100;

    /** Positions that are applied at once in a swap. */
    private static final long STRETCH = 1_000;

    /** For which readers may be kept waiting by a swap that has to wait itself. */
    private static final Duration LOCK_PATIENCE = Duration.ofMillis(50);

    /** For which the projection's own batch may be waited for; nobody queues behind that but its next one. */
    private static final Duration BATCH_PATIENCE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final LogWindows windows;
    private final Courtesy courtesy;
    private final RunClaim claim;
    private final RebuildKind kind;
    private final List<Projection> projections;
    private final Rate rate = new Rate(System.nanoTime());
    private final CompletableFuture<RebuildState> end = new CompletableFuture<>();

    private volatile RebuildPhase phase = RebuildPhase.PREPARING;
    private volatile long position;
    private volatile long total;
    private final AtomicInteger swapAttempts = new AtomicInteger();
    private volatile @Nullable Duration longestLock;
    /** Set once, to what the run is to end as. */
    private final AtomicReference<@Nullable RebuildPhase> stopped = new AtomicReference<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable GenerationWriters atWork;

    RebuildRun(
            DataSource dataSource,
            LogWindows windows,
            Courtesy courtesy,
            RunClaim claim,
            RebuildKind kind,
            List<Projection> projections) {
        this.dataSource = dataSource;
        this.windows = windows;
        this.courtesy = courtesy;
        this.claim = claim;
        this.kind = kind;
        this.projections = projections;
    }

    long id() {
        return claim.id();
    }

    CompletableFuture<RebuildState> end() {
        return end;
    }

    /** Does all of it on the calling thread. */
    void run() {
        RebuildState.@Nullable Failure failure = null;
        @Nullable VerificationReport report = null;
        var result = RebuildPhase.DONE;
        try {
            report = fill();
        } catch (CancellationException _) {
            result = Objects.requireNonNullElse(stopped.get(), RebuildPhase.CANCELLED);
        } catch (InterruptedException _) {
            result = RebuildPhase.INTERRUPTED;
        } catch (RefusedEventException refused) {
            result = RebuildPhase.FAILED;
            failure = refused.failure();
        } catch (UnreadableEventException unreadable) {
            result = RebuildPhase.FAILED;
            failure = new RebuildState.Failure(
                    String.valueOf(unreadable.getMessage()), null, unreadable.position(), null, null);
        } catch (SQLException | RuntimeException failed) {
            var asked = stopped.get();
            if (asked != null && Cancellation.isCauseOf(failed)) {
                result = asked;
            } else {
                result = RebuildPhase.FAILED;
                failure = new RebuildState.Failure(String.valueOf(failed.getMessage()), null, null, null, null);
                LOG.warn("Run {} failed", id(), failed);
            }
        }
        finish(result, failure, report);
    }

    private void finish(
            RebuildPhase result, RebuildState.@Nullable Failure failure, @Nullable VerificationReport report) {
        if (failure != null) {
            LOG.error("Run {} over {} failed: {}", id(), names(), failure.cause());
        }
        try (claim) {
            Debris.drop(dataSource, id());
            claim.progress(progress());
            claim.finish(result, failure, report);
        } catch (SQLException gone) {
            LOG.warn("Run {} could not tidy up, the next one who looks will: {}", id(), gone.getMessage());
            sweep();
        }
        try (var connection = dataSource.getConnection()) {
            end.complete(RebuildRows.find(connection, id()).orElseThrow());
        } catch (SQLException | RuntimeException gone) {
            end.completeExceptionally(gone);
        }
    }

    /** The claim may have been all that was lost. */
    private void sweep() {
        try {
            Debris.sweep(dataSource);
        } catch (SQLException gone) {
            LOG.debug("Run {} cannot tidy up", id(), gone);
        }
    }

    private List<String> names() {
        return projections.stream().map(Projection::name).toList();
    }

    private @Nullable VerificationReport fill() throws SQLException, InterruptedException {
        var generations = prepare();
        try (var writers = new GenerationWriters(dataSource, generations, courtesy)) {
            atWork = writers;
            enter(RebuildPhase.LOADING);
            advance(writers, target());
            enter(RebuildPhase.INDEXING);
            writers.finish();
            enter(RebuildPhase.CATCHING_UP);
            catchUp(writers);
            if (kind == RebuildKind.VERIFICATION) {
                enter(RebuildPhase.COMPARING);
                return new Comparison(writers.connection(), windows, generations, position).run(this::requireWanted);
            }
            enter(RebuildPhase.SWAPPING);
            var spent = Duration.ZERO;
            for (var generation : generations) {
                rest(courtesy.restAfter(spent));
                var began = System.nanoTime();
                swap(writers, generation);
                writers.remove(generation);
                spent = Duration.ofNanos(System.nanoTime() - began);
            }
            return null;
        }
    }

    private List<FilledGeneration> prepare() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var live = TableGeneration.liveSchema(connection);
            var generations = projections.stream()
                    .map(projection -> FilledGeneration.of(projection, id(), live))
                    .toList();
            for (var generation : generations) {
                requireWanted();
                ProjectionStanding.register(connection, generation.projection());
                try {
                    generation.tables().create(connection, generation.comment(id()));
                } catch (TablesNotCopyableException refused) {
                    throw RefusedEventException.before(generation.name(), refused);
                }
            }
            return generations;
        }
    }

    private void advance(GenerationWriters writers, long upTo) throws SQLException, InterruptedException {
        windows.forEach(position, upTo, window -> {
            requireWanted();
            var began = System.nanoTime();
            writers.apply(window);
            position = window.upTo();
            rest(courtesy.restAfter(Duration.ofNanos(System.nanoTime() - began)));
        });
    }

    private void rest(Duration rest) throws InterruptedException {
        if (stopping.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new CancellationException();
        }
    }

    /** Gives way no more once it does not gain on those who write: else it might follow them for ever. */
    private void catchUp(GenerationWriters writers) throws SQLException, InterruptedException {
        requireWanted();
        var before = Math.max(position, NEAR);
        for (var target = liveTarget(); target - position > NEAR; target = liveTarget()) {
            var left = target - position;
            courtesy.insist(left >= before / 2);
            advance(writers, target);
            before = left;
        }
    }

    /**
     * How far there is to go: to the head of the log, or no further than the live tables that it is compared with.
     */
    private long target() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            total = kind == RebuildKind.VERIFICATION ? slowest(connection) : head(connection);
            return total;
        }
    }

    /** Where the live tables are suffices: under a heavy load of writes they may be far from the head themselves. */
    private long liveTarget() throws SQLException {
        if (kind == RebuildKind.VERIFICATION) {
            return target();
        }
        try (var connection = dataSource.getConnection()) {
            var furthest = 0L;
            for (var name : names()) {
                var standing = ProjectionStanding.read(connection, name);
                furthest = Math.max(furthest, standing.generation() == 0 ? head(connection) : standing.position());
            }
            total = Math.max(total, furthest);
            return furthest;
        }
    }

    private long slowest(Connection connection) throws SQLException {
        var slowest = Long.MAX_VALUE;
        for (var name : names()) {
            slowest =
                    Math.min(slowest, ProjectionStanding.read(connection, name).position());
        }
        return slowest;
    }

    private static long head(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery("SELECT coalesce(max(position), 0) FROM event_log")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Again and again, while a long read is in the way, ever more seldom: each time makes other readers wait. */
    private void swap(GenerationWriters writers, FilledGeneration generation)
            throws SQLException, InterruptedException {
        var pause = LOCK_PATIENCE;
        while (true) {
            catchUp(writers);
            try {
                swapAttempts.incrementAndGet();
                if (trySwap(writers.connection(), generation)) {
                    LOG.info("Run {} swapped in a new generation of {}", id(), generation.name());
                    return;
                }
            } catch (SQLException failure) {
                if (!TableGeneration.isTooLate(failure)) {
                    throw failure;
                }
                var millis = ThreadLocalRandom.current().nextLong(pause.toMillis(), 2 * pause.toMillis());
                if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new CancellationException();
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Whether it is done; not, where the log has gone on too far meanwhile. */
    private boolean trySwap(Connection connection, FilledGeneration generation) throws SQLException {
        connection.setAutoCommit(false);
        try {
            generation.tables().keepVacuumAway(connection);
            TableGeneration.execute(connection, "SET LOCAL lock_timeout = " + BATCH_PATIENCE.toMillis());
            if (!RebuildRows.swapped(connection, id(), generation.name())) {
                throw new CancellationException();
            }
            // What was written while the locks were waited for, so that next to nothing is left when all stands still.
            var reached = apply(connection, generation, position, livePosition(connection, generation));
            reached = apply(connection, generation, reached, livePosition(connection, generation));
            var standing = ProjectionStanding.lock(connection, generation.name());
            var began = System.nanoTime();
            if (standing.version() > generation.projection().version()) {
                throw new IllegalStateException(
                        "%s was filled by version %d meanwhile".formatted(generation.name(), standing.version()));
            }
            if (standing.position() - reached > NEAR) {
                return false;
            }
            var last = apply(connection, generation, reached, standing.position());
            generation.tables().swap(connection, LOCK_PATIENCE);
            ProjectionStanding.swapped(connection, generation.projection(), last);
            connection.commit();
            noteLock(Duration.ofNanos(System.nanoTime() - began));
            return true;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static long livePosition(Connection connection, FilledGeneration generation) throws SQLException {
        return ProjectionStanding.read(connection, generation.name()).position();
    }

    /** Applies what there is between, in the open transaction, and gives the position that is reached by it. */
    private long apply(Connection connection, FilledGeneration generation, long from, long upTo) throws SQLException {
        for (var after = from; after < upTo; after += STRETCH) {
            var window = windows.read(connection, after, Math.min(after + STRETCH, upTo));
            GenerationWriters.apply(window, generation, connection);
        }
        return Math.max(from, upTo);
    }

    private void noteLock(Duration lock) {
        longestLock = longestLock == null || lock.compareTo(longestLock) > 0 ? lock : longestLock;
    }

    private void enter(RebuildPhase next) throws SQLException {
        requireWanted();
        phase = next;
        beat();
    }

    private void requireWanted() {
        if (stopped.get() != null) {
            throw new CancellationException();
        }
    }

    /** Has the run end soon, as cancelled or interrupted. */
    void stop(RebuildPhase as) {
        stopped.compareAndSet(null, as);
        stopping.countDown();
        breakIn();
    }

    /** What is under way may take long, and need not be waited for. */
    private void breakIn() {
        var writers = atWork;
        if (writers != null) {
            writers.cancel();
        }
    }

    /** Tells the others how far it is and hears whether it is wanted; to be called every quarter of a second or so. */
    void beat() {
        try {
            claim.look(courtesy);
            var cancel = claim.progress(progress());
            if (cancel.isEmpty()) {
                LOG.warn("Run {} was taken for dead and stops", id());
                stop(RebuildPhase.INTERRUPTED);
            } else if (cancel.get()) {
                stop(RebuildPhase.CANCELLED);
            }
        } catch (SQLException gone) {
            LOG.warn("Run {} has lost the connection that held its claim: {}", id(), gone.getMessage());
            stop(RebuildPhase.INTERRUPTED);
        }
        if (stopped.get() != null) {
            breakIn();
        }
    }

    private synchronized RebuildRows.Progress progress() {
        rate.seen(System.nanoTime(), position);
        var remaining = Math.max(0, total - position);
        return new RebuildRows.Progress(
                phase,
                position,
                total,
                rate.perSecond(),
                remaining == 0 ? null : rate.end(Instant.now(), remaining),
                swapAttempts.get(),
                longestLock);
    }
}
