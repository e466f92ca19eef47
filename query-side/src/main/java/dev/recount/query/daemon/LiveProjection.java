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

/** One projection on this node: where it stands as far as the projector knows, and what went wrong last. */
public final class LiveProjection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProjection.class);
    private static final long UNKNOWN = -1;
    /** In events: one that is so far behind gives way no more, so that whoever reads it then need not wait for long. */
    private static final long LONGEST_BACKLOG = 50_000;

    /**
     * In events; a reader may know of what was appended before this node hears of it, but a position that the log may never
     * reach must not be demanded for ever.
     */
    private static final long UNHEARD = 10_000;

    /** Until one whose row another transaction holds is tried again. */
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

    /** The batch that cannot be applied at present; it is tried again every few seconds. */
    public Optional<ProjectionFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** How fast it has got further within the last ten seconds, whichever node works for it. */
    public double eventsPerSecond() {
        return rate.perSecond();
    }

    /** A read waits for it to come to the target. */
    void requestCatchUp(long target, long knownHead) {
        wanted.accumulateAndGet(Math.min(target, knownHead + UNHEARD), Math::max);
    }

    /** Whether a read waits for events that it has not seen. */
    boolean isWanted() {
        return wanted.get() > position;
    }

    /** Whether nothing keeps it from taking a batch. */
    boolean isDue() {
        return dueIn().isZero();
    }

    /** Until nothing keeps it from taking a batch. */
    Duration dueIn() {
        return Duration.ofNanos(Math.max(0, dueAt - nanoClock.getAsLong()));
    }

    /** Whether the log goes on after its position; from the first time that this is seen, it waits for its turn. */
    boolean isBehind(long head) {
        var lacks = isLocated() && position < head;
        if (lacks && !behind) {
            behindSince = nanoClock.getAsLong();
        }
        behind = lacks;
        return lacks;
    }

    /** Since its last batch, or since it fell behind where that was later. */
    Duration waited() {
        return Duration.ofNanos(nanoClock.getAsLong() - behindSince);
    }

    /** Whether one that is behind has let events gather for long enough. */
    boolean takesTurn(long head) {
        return isWanted()
                || waited().compareTo(rest) >= 0
                || (!projection.batchDelay().isZero() && head - position >= LONGEST_BACKLOG);
    }

    boolean isLocated() {
        return position != UNKNOWN;
    }

    /** What was known of its position no longer holds: it is asked of the database before the next batch. */
    void forgetPosition() {
        position = UNKNOWN;
    }

    /** It cannot go on at present: it has never been filled, or another transaction holds it. */
    void askAgainIn(Duration pause) {
        dueAt = nanoClock.getAsLong() + pause.toNanos();
    }

    void locate(long storedPosition) {
        position = storedPosition;
        if (isAhead(failure)) {
            failure = null;
            LOG.info("{} was rebuilt and goes on, it stands at {}", projection.name(), storedPosition);
        }
    }

    /** It stands on events that the log does not have, and is looked at again now and then: somebody may rebuild it. */
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
     * Takes note of a batch that was committed, with this projection where it stood as it was thought to.
     *
     * @param rest how long one that gathers events leaves the processors to others
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
        // Before those who wait for the position are woken: what they see then is a projection that goes on.
        failure = null;
        if (failureIsLogged) {
            failureIsLogged = false;
            LOG.info("{} goes on, it stands at {}", projection.name(), newPosition);
        }
        positions.committedHere(projection.name(), newPosition, since);
    }

    void failed(long firstPosition, long lastPosition, Throwable cause) {
        var outage = DatabaseLoss.isCauseOf(cause);
        if (!outage && !failureIsLogged) {
            failureIsLogged = true;
            LOG.error(
                    "{} cannot apply the events {} to {} and waits before them",
                    projection.name(),
                    firstPosition,
                    lastPosition,
                    cause);
        }
        var since = failure().map(ProjectionFailure::since).orElseGet(Instant::now);
        failure = new ProjectionFailure(since, firstPosition, lastPosition, cause);
        dueAt = nanoClock.getAsLong() + backOff.toNanos();
        if (outage) {
            // Nothing is wrong with the batch: it is applied as soon as there is a database.
            backOff = FIRST_BACK_OFF;
        } else {
            var longer = backOff.multipliedBy(2);
            backOff = longer.compareTo(LONGEST_BACK_OFF) < 0 ? longer : LONGEST_BACK_OFF;
        }
        forgetPosition();
    }

    /** Somebody, here or on another node, has brought the projection to where it stands. */
    void seenAt(CheckpointSnapshot.ProjectionCheckpoint seen) {
        rate.seen(System.nanoTime(), seen.position());
        var present = failure;
        if (present != null && (isAhead(present) ? !seen.ahead() : present.isOverAt(seen.position()))) {
            failure = null;
        }
    }
}
