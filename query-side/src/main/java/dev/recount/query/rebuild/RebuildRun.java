package dev.recount.query.rebuild;

import dev.recount.eventstore.database.DatabaseLoss;
import dev.recount.eventstore.serialization.UnreadableEventException;
import dev.recount.query.generations.FilledGeneration;
import dev.recount.query.generations.TableGeneration;
import dev.recount.query.generations.TablesNotCopyableException;
import dev.recount.query.generations.VerificationReport;
import dev.recount.query.projection.Projection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run. It fills a generation of the tables of projections from the whole log in one pass. Then it swaps each
 * projection's tables in by a short transaction, or compares them with the live tables and drops them.
 *
 * <p>However the run ends, the live tables are one whole generation: the old one or the new one.
 */
final class RebuildRun {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildRun.class);

    /** Pause between two attempts to swap. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final LogWindows windows;
    private final RebuildThrottle throttle;
    private final RunClaim claim;
    private final RebuildKind kind;
    private final List<Projection> projections;
    private final RunProgress progress = new RunProgress();
    private final StopRequest stop = new StopRequest();
    private final RunTarget target;
    private final Swap swap;
    private final CompletableFuture<RebuildState> end = new CompletableFuture<>();

    private volatile @Nullable GenerationWriters atWork;

    RebuildRun(
            DataSource dataSource,
            LogWindows windows,
            RebuildThrottle throttle,
            RunClaim claim,
            RebuildKind kind,
            List<Projection> projections) {
        this.dataSource = dataSource;
        this.windows = windows;
        this.throttle = throttle;
        this.claim = claim;
        this.kind = kind;
        this.projections = projections;
        this.target = new RunTarget(dataSource, kind, names(), progress);
        this.swap = new Swap(windows, progress, claim.id());
    }

    long id() {
        return claim.id();
    }

    CompletableFuture<RebuildState> end() {
        return end;
    }

    /** Runs to the end on the calling thread. */
    void run() {
        RebuildState.@Nullable Failure failure = null;
        @Nullable VerificationReport report = null;
        var result = RebuildPhase.DONE;
        try {
            report = fill();
        } catch (CancellationException _) {
            result = Objects.requireNonNullElse(stop.reason(), RebuildPhase.CANCELLED);
        } catch (InterruptedException _) {
            result = RebuildPhase.INTERRUPTED;
        } catch (RefusedEventException refused) {
            result = RebuildPhase.FAILED;
            failure = refused.failure();
        } catch (UnreadableEventException unreadable) {
            result = RebuildPhase.FAILED;
            failure = new RebuildState.Failure(
                    String.valueOf(unreadable.getMessage()), null, unreadable.position(), null, null);
        } catch (SQLException | RuntimeException | OutOfMemoryError failed) {
            var asked = stop.reason();
            if (asked != null && Cancellation.isCauseOf(failed)) {
                result = asked;
            } else {
                result = RebuildPhase.FAILED;
                failure = new RebuildState.Failure(String.valueOf(failed.getMessage()), null, null, null, null);
                if (!DatabaseLoss.isCauseOf(failed)) {
                    LOG.warn("Run {} failed", id(), failed);
                }
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
            LeftoverGenerations.drop(dataSource, id());
            claim.progress(progress.seen());
            claim.finish(result, failure, report);
        } catch (SQLException gone) {
            LOG.warn("Run {} could not clean up, the next sweep will: {}", id(), gone.getMessage());
            sweep();
        }
        try (var connection = dataSource.getConnection()) {
            end.complete(RebuildRows.find(connection, id()).orElseThrow());
        } catch (SQLException | RuntimeException gone) {
            end.completeExceptionally(gone);
        }
    }

    /** Sweeps here, in case only the claim's connection was lost. */
    private void sweep() {
        try {
            LeftoverGenerations.sweep(dataSource);
        } catch (SQLException gone) {
            LOG.debug("Run {} cannot clean up", id(), gone);
        }
    }

    private List<String> names() {
        return names(projections);
    }

    private static List<String> names(List<Projection> projections) {
        return projections.stream().map(Projection::name).toList();
    }

    /** Fills the generations, and again those that contain an event that was discarded in between. */
    private @Nullable VerificationReport fill() throws SQLException, InterruptedException {
        for (var wanted = projections; ; ) {
            var outcome = fill(prepare(wanted));
            if (outcome.outdated().isEmpty()) {
                return outcome.report();
            }
            wanted = outcome.outdated();
            LOG.info("Run {} begins anew with {}: an event was discarded meanwhile", id(), names(wanted));
            LeftoverGenerations.drop(dataSource, id());
            progress.reached(0);
        }
    }

    /** @param outdated the projections that must be filled again */
    private record Outcome(@Nullable VerificationReport report, List<Projection> outdated) {}

    private Outcome fill(List<FilledGeneration> generations) throws SQLException, InterruptedException {
        try (var writers = new GenerationWriters(dataSource, generations, throttle)) {
            atWork = writers;
            enter(RebuildPhase.LOADING);
            advance(writers, target.whole());
            enter(RebuildPhase.INDEXING);
            writers.finish();
            enter(RebuildPhase.CATCHING_UP);
            catchUp(writers);
            if (kind == RebuildKind.VERIFICATION) {
                enter(RebuildPhase.COMPARING);
                return new Comparison(writers.connection(), windows, generations, progress.position(), writers::leftOut)
                        .run(stop::requireWanted)
                        .map(report -> new Outcome(report, List.of()))
                        .orElseGet(() -> new Outcome(null, projections));
            }
            enter(RebuildPhase.SWAPPING);
            var outdated = new ArrayList<Projection>();
            var spent = Duration.ZERO;
            for (var generation : generations) {
                stop.rest(throttle.restAfter(spent));
                var began = System.nanoTime();
                if (!swap(writers, generation)) {
                    outdated.add(generation.projection());
                }
                writers.remove(generation);
                spent = Duration.ofNanos(System.nanoTime() - began);
            }
            return new Outcome(null, outdated);
        }
    }

    private List<FilledGeneration> prepare(List<Projection> wanted) throws SQLException {
        enter(RebuildPhase.PREPARING);
        try (var connection = dataSource.getConnection()) {
            var live = TableGeneration.liveSchema(connection);
            var generations = wanted.stream()
                    .map(projection -> FilledGeneration.of(projection, id(), live))
                    .toList();
            for (var generation : generations) {
                stop.requireWanted();
                StoredProjection.register(connection, generation.projection());
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
        windows.forEach(progress.position(), upTo, window -> {
            stop.requireWanted();
            var began = System.nanoTime();
            writers.apply(window);
            progress.reached(window.upTo());
            stop.rest(throttle.restAfter(Duration.ofNanos(System.nanoTime() - began)));
        });
    }

    /**
     * Catches up with the live tables. Stops throttling if the distance does not shrink fast enough, because it might
     * otherwise never catch up with the writes.
     */
    private void catchUp(GenerationWriters writers) throws SQLException, InterruptedException {
        stop.requireWanted();
        var before = Math.max(progress.position(), Swap.NEAR);
        for (var upTo = target.live(); upTo - progress.position() > Swap.NEAR; upTo = target.live()) {
            var left = upTo - progress.position();
            throttle.ignoreReaders(left >= before / 2);
            advance(writers, upTo);
            before = left;
        }
    }

    /**
     * Tries to swap until it succeeds, with growing pauses while a long read holds a lock, because each attempt makes
     * other reads wait. False if the generation must be filled again.
     */
    private boolean swap(GenerationWriters writers, FilledGeneration generation)
            throws SQLException, InterruptedException {
        var pause = Swap.LOCK_PATIENCE;
        while (true) {
            catchUp(writers);
            try {
                switch (swap.attempt(writers.connection(), generation, writers.leftOut(generation))) {
                    case SWAPPED -> {
                        LOG.info("Run {} swapped in a new generation of {}", id(), generation.name());
                        return true;
                    }
                    case OUTDATED -> {
                        return false;
                    }
                    case BEHIND -> {}
                }
            } catch (SQLException failure) {
                if (!TableGeneration.isTooLate(failure)) {
                    throw failure;
                }
                var millis = ThreadLocalRandom.current().nextLong(pause.toMillis(), 2 * pause.toMillis());
                stop.rest(Duration.ofMillis(millis));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private void enter(RebuildPhase next) throws SQLException {
        stop.requireWanted();
        progress.enter(next);
        beat();
    }

    /** Makes the run end soon, as cancelled or interrupted. */
    void stop(RebuildPhase as) {
        stop.stop(as);
        breakIn();
    }

    /** Cancels running statements, because they may take long. */
    private void breakIn() {
        var writers = atWork;
        if (writers != null) {
            writers.cancel();
        }
    }

    /** Stores the progress and checks for cancellation; to be called about every quarter of a second. */
    void beat() {
        try {
            claim.look(throttle);
            var cancel = claim.progress(progress.seen());
            if (cancel.isEmpty()) {
                LOG.warn("Run {} was marked as interrupted by another process and stops", id());
                stop(RebuildPhase.INTERRUPTED);
            } else if (cancel.get()) {
                stop(RebuildPhase.CANCELLED);
            }
        } catch (SQLException gone) {
            if (stop.reason() == null) {
                LOG.warn("Run {} has lost the connection that held its claim: {}", id(), gone.getMessage());
            }
            stop(RebuildPhase.INTERRUPTED);
        }
        if (stop.reason() != null) {
            breakIn();
        }
    }
}
