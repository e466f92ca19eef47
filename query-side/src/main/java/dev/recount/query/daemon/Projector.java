package dev.recount.query.daemon;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogSignal;
import dev.recount.query.checkpoint.Checkpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.consistency.ReadSessions;
import dev.recount.query.deadletters.BatchAroundDeadLetters;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.ProjectionWriteException;
import dev.recount.query.projection.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies new events to the projections that this node holds. Projections at the same position share a batch and its
 * transaction, so that another projection costs only its own rows.
 *
 * <p>Runs on one platform thread. A virtual thread would queue behind the requests for the few carrier threads. Under
 * load, reads would then wait for projections that wait for the reads.
 */
final class Projector {

    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

    /** In events; large enough that a batch costs little more than its rows. */
    private static final int BATCH_SIZE = 2_000;

    /**
     * Batch size for several projections under heavy writes. It is small enough that a read of another projection waits
     * little for its end.
     */
    private static final int GATHERED_BATCH_SIZE = 500;

    /** Only a safety net: new events are signalled. */
    private static final Duration IDLE = Duration.ofMillis(250);

    private final Projections projections;
    private final ProjectionClaims claims;
    private final Transactions transactions;
    private final EventLog log;
    private final LogSignal signal;
    private final RecentChanges changes;
    private final ReadSessions sessions;
    private final Signal news = new Signal();
    private final ProjectorThrottle throttle = new ProjectorThrottle();
    private final BatchSchedule schedule = new BatchSchedule();
    private final Thread thread = Thread.ofPlatform().daemon().name("projector").unstarted(this::run);
    private boolean amidWrites;
    private volatile boolean stopping;

    Projector(
            Projections projections,
            ProjectionClaims claims,
            Transactions transactions,
            EventLog log,
            LogSignal signal,
            RecentChanges changes,
            LocalCheckpoints positions,
            ReadSessions sessions) {
        this.projections = projections;
        this.claims = claims;
        this.transactions = transactions;
        this.log = log;
        this.signal = signal;
        this.changes = changes;
        this.sessions = sessions;
        positions.onCatchUpRequest((name, position) -> {
            projections.of(name).requestCatchUp(position, signal.knownHead());
            throttle.hurry();
            news.raise();
        });
    }

    void start() {
        signal.subscribe(news::raise);
        thread.start();
    }

    /** Stops after the current batch. */
    void stop(Duration atMost) throws InterruptedException {
        stopping = true;
        throttle.hurry();
        news.raise();
        if (!thread.join(atMost)) {
            LOG.warn("The projector did not finish its batch in time and is stopped in the middle of it");
        }
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** Wakes the projector for work that the log did not signal. */
    void wake() {
        news.raise();
    }

    private void run() {
        try {
            while (!stopping) {
                var before = news.count();
                if (!advanceInMemory()) {
                    news.await(before, untilNextIsDue());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilNextIsDue() {
        return projections.all().stream()
                .filter(live -> claims.holds(live.projection().name()))
                .map(LiveProjection::dueIn)
                .filter(Duration::isPositive)
                .filter(due -> due.compareTo(IDLE) < 0)
                .min(Duration::compareTo)
                .orElse(IDLE);
    }

    /** Memory that is missing now may be available later. */
    private boolean advanceInMemory() throws InterruptedException {
        try {
            return advance();
        } catch (OutOfMemoryError full) {
            LOG.error("Out of memory in the projector; it retries", full);
            return false;
        }
    }

    /** Applies one batch; true if there may be more. */
    private boolean advance() throws InterruptedException {
        var due = projections.all().stream()
                .filter(live -> claims.holds(live.projection().name()) && live.isDue())
                .toList();
        locate(due.stream().filter(Predicate.not(LiveProjection::isLocated)).toList());
        var head = signal.knownHead();
        var group =
                schedule.next(due.stream().filter(live -> live.isBehind(head)).toList(), head);
        return !group.isEmpty() && advance(group, group.getFirst().position());
    }

    private void locate(List<LiveProjection> unlocated) {
        if (unlocated.isEmpty()) {
            return;
        }
        try {
            var names = unlocated.stream().map(live -> live.projection().name()).toList();
            var stored = transactions.run(connection -> Checkpoints.places(connection, names));
            for (var live : unlocated) {
                var place = stored.get(live.projection().name());
                if (place == null) {
                    live.askAgainIn(IDLE);
                } else if (place.aheadOf() != null) {
                    live.strayed(place.position(), place.aheadOf());
                } else {
                    live.locate(place.position());
                }
            }
        } catch (ProjectionWriteException failure) {
            LOG.debug("Cannot read the positions of the projections; it is retried", failure);
        }
    }

    private boolean advance(List<LiveProjection> group, long from) throws InterruptedException {
        var batch = read(group, from);
        if (batch.isEmpty()) {
            return false;
        }
        changes.read(from, batch);
        var timing = new BatchTiming(signal::knownHead, System::nanoTime);
        apply(group, from, batch, timing);
        amidWrites = timing.isAmidWrites();
        throttle.rest(batch.size(), timing.time(), amidWrites);
        return true;
    }

    private List<LoggedEvent> read(List<LiveProjection> group, long from) {
        try {
            var gathering = group.size() > 1
                    && group.stream()
                            .noneMatch(live -> live.projection().batchDelay().isZero());
            var most = gathering && amidWrites ? GATHERED_BATCH_SIZE : BATCH_SIZE;
            return log.readAfter(from, most).stream().map(LoggedEvent::of).toList();
        } catch (RuntimeException | OutOfMemoryError failure) {
            group.forEach(live -> live.failed(from + 1, from + 1, failure));
            return List.of();
        }
    }

    private void apply(List<LiveProjection> group, long from, List<LoggedEvent> batch, BatchTiming timing) {
        var last = batch.getLast().position();
        try {
            var advance = applyTogether(group, from, batch);
            group.forEach(live ->
                    live.committed(advance, last, timing.rest(live.projection().batchDelay(), last)));
        } catch (RuntimeException | Error failure) {
            if (isConnectionLost(failure)) {
                group.forEach(live -> live.failed(from + 1, last, failure));
            } else {
                // One projection refuses the batch, and the others need not wait for it.
                group.forEach(live -> applySparingly(live, from, batch, timing));
            }
        }
    }

    private void applySparingly(LiveProjection live, long from, List<LoggedEvent> batch, BatchTiming timing) {
        var last = batch.getLast().position();
        var projection = live.projection();
        try {
            var advance = transactions.run(connection -> {
                var moved = Checkpoints.advance(connection, List.of(projection), from, last, sessions.now());
                if (!moved.moved().isEmpty()) {
                    BatchAroundDeadLetters.apply(connection, projection, batch);
                }
                return moved;
            });
            live.committed(advance, last, timing.rest(projection.batchDelay(), last));
        } catch (RuntimeException | Error failure) {
            live.failed(from + 1, last, failure);
        }
    }

    private static boolean isConnectionLost(Throwable failure) {
        return failure instanceof ProjectionWriteException refused && refused.isConnectionLost();
    }

    private Checkpoints.Advance applyTogether(List<LiveProjection> group, long from, List<LoggedEvent> batch) {
        var all = group.stream().map(LiveProjection::projection).toList();
        return transactions.run(connection -> {
            var advance =
                    Checkpoints.advance(connection, all, from, batch.getLast().position(), sessions.now());
            for (var projection : all) {
                if (advance.withDeadLetters().contains(projection.name())) {
                    BatchAroundDeadLetters.apply(connection, projection, batch);
                } else if (advance.moved().contains(projection.name())) {
                    projection.apply(batch, connection);
                }
            }
            return advance;
        });
    }
}
