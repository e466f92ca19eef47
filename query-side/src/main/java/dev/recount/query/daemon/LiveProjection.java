package dev.recount.query.daemon;

import dev.recount.eventstore.database.DatabaseLoss;
import dev.recount.query.checkpoint.AheadOfLogException;
import dev.recount.query.checkpoint.CheckpointSnapshot;
import dev.recount.query.checkpoint.Checkpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.projection.Projection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One projection on this node: its position as known to the projector, and its last failure. */
public final class LiveProjection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProjection.class);
    private static final long UNKNOWN = -1;
    /** In events. A projection this far behind no longer rests, so that the next read of it need not wait for long. */
    private static final long LONGEST_BACKLOG = 50_000;

    /**
     * In events. A client may know of a position before this node does. But the projector must not wait forever for a
     * position that the log may never reach.
     */
    private static final long UNHEARD = 10_000;

    /** Pause before the next try if another transaction holds the row. */
    private static final Duration HELD = Duration.ofMillis(20);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(2);

    private final Projection projection;
    private final LocalCheckpoints positions;
    private final RecentRate rate = new RecentRate();
    private volatile long position = UNKNOWN;
    private volatile @Nullable ProjectionFailure failure;
    private boolean failureIsLogged;
    private final AtomicLong wanted = new AtomicLong();
    private final LongSupplier nanoClock;
    private long dueAt;
    private boolean behind;
    private long behindSince;
    private Duration rest = Duration.ZERO;
    private Duration backOff = FIRST_BACK_OFF;

    LiveProjection(Projection projection, LocalCheckpoints positions) {
        this(projection, positions, System::nanoTime);
    }

    LiveProjection(Projection projection, LocalCheckpoints positions, LongSupplier nanoClock) {
        this.projection = projection;
        this.positions = positions;
        this.nanoClock = nanoClock;
        this.dueAt = nanoClock.getAsLong();
    }

    public Projection projection() {
        return projection;
    }

    /** The batch that currently cannot be applied; it is retried every few seconds. */
    public Optional<ProjectionFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Events per second applied within the last ten seconds, on whichever node. */
    public double eventsPerSecond() {
        return rate.perSecond();
    }

    /** Notes that a read waits for the projection to reach the target. */
    void requestCatchUp(long target, long knownHead) {
        wanted.accumulateAndGet(Math.min(target, knownHead + UNHEARD), Math::max);
    }

    /** Whether a read waits for events that are not applied yet. */
    boolean isWanted() {
        return wanted.get() > position;
    }

    /** Whether the projection may take a batch now. */
    boolean isDue() {
        return dueIn().isZero();
    }

    /** Time until the projection may take a batch. */
    Duration dueIn() {
        return Duration.ofNanos(Math.max(0, dueAt - nanoClock.getAsLong()));
    }

    /** Whether the log has later events. The first call that returns true starts the wait for a turn. */
    boolean isBehind(long head) {
        var lacks = isLocated() && position < head;
        if (lacks && !behind) {
            behindSince = nanoClock.getAsLong();
        }
        behind = lacks;
        return lacks;
    }

    /** Time since the last batch, or since the projection fell behind if that was later. */
    Duration waited() {
        return Duration.ofNanos(nanoClock.getAsLong() - behindSince);
    }

    /** Whether a projection that is behind has let events gather for long enough. */
    boolean takesTurn(long head) {
        return isWanted()
                || waited().compareTo(rest) >= 0
                || (!projection.batchDelay().isZero() && head - position >= LONGEST_BACKLOG);
    }

    boolean isLocated() {
        return position != UNKNOWN;
    }

    /** Discards the known position; it is read from the database before the next batch. */
    void forgetPosition() {
        position = UNKNOWN;
    }

    /** Delays the next try: the projection was never filled, or another transaction holds it. */
    void askAgainIn(Duration pause) {
        dueAt = nanoClock.getAsLong() + pause.toNanos();
    }

    void locate(long storedPosition) {
        position = storedPosition;
        if (isAhead(failure)) {
            failure = null;
            LOG.info("{} was rebuilt and goes on from position {}", projection.name(), storedPosition);
        }
    }

    /**
     * Notes that the projection has applied events that the log does not have. It is checked again regularly, because a
     * rebuild can repair it.
     */
    void strayed(long storedPosition, long logEnd) {
        failed(
                Math.min(logEnd + 1, storedPosition),
                storedPosition,
                new AheadOfLogException(projection.name(), storedPosition, logEnd));
    }

    private static boolean isAhead(@Nullable ProjectionFailure failure) {
        return failure != null && failure.cause() instanceof AheadOfLogException;
    }

    long position() {
        return position;
    }

    /**
     * Records a committed batch. If the projection was not at the expected position, its position is read again.
     *
     * @param rest how long a projection with a batch delay leaves the processors to others
     */
    void committed(Checkpoints.Advance advance, long newPosition, Duration rest) {
        if (advance.moved().contains(projection.name())) {
            committed(newPosition, rest, advance.since());
        } else {
            forgetPosition();
            askAgainIn(HELD);
        }
    }

    private void committed(long newPosition, Duration rest, long since) {
        position = newPosition;
        backOff = FIRST_BACK_OFF;
        behind = false;
        this.rest = projection.batchDelay().isZero() ? Duration.ZERO : rest;
        // Cleared before waiting reads are woken, so that they see a projection that goes on.
        failure = null;
        if (failureIsLogged) {
            failureIsLogged = false;
            LOG.info("{} goes on from position {}", projection.name(), newPosition);
        }
        positions.committedHere(projection.name(), newPosition, since);
    }

    void failed(long firstPosition, long lastPosition, Throwable cause) {
        var outage = DatabaseLoss.isCauseOf(cause);
        if (!outage && !failureIsLogged) {
            failureIsLogged = true;
            LOG.error(
                    "{} cannot apply the events {} to {}, and retries until it can",
                    projection.name(),
                    firstPosition,
                    lastPosition,
                    cause);
        }
        var since = failure().map(ProjectionFailure::since).orElseGet(Instant::now);
        failure = new ProjectionFailure(since, firstPosition, lastPosition, cause);
        dueAt = nanoClock.getAsLong() + backOff.toNanos();
        if (outage) {
            // The batch is not at fault: it is applied as soon as the database is available.
            backOff = FIRST_BACK_OFF;
        } else {
            var longer = backOff.multipliedBy(2);
            backOff = longer.compareTo(LONGEST_BACK_OFF) < 0 ? longer : LONGEST_BACK_OFF;
        }
        forgetPosition();
    }

    /** Records the stored position, which this or another node has reached. */
    void seenAt(CheckpointSnapshot.ProjectionCheckpoint seen) {
        rate.seen(System.nanoTime(), seen.position());
        var present = failure;
        if (present != null && (isAhead(present) ? !seen.ahead() : present.isOverAt(seen.position()))) {
            failure = null;
        }
    }
}
