package dev.recount.query.consistency;

import dev.recount.query.checkpoint.AheadOfLogException;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a read begin when the projection covers every write that was answered before the read was asked for.
 *
 * <p>Works on any node: where the projection runs in this process the commit of a batch wakes the reader, elsewhere
 * one of those who wait looks at the projection's row every few milliseconds and tells the others.
 */
public final class ReadBarrier {

    private static final Duration POLL = Duration.ofMillis(4);
    /** Only a safety net, because here the commits of this process wake the reader. */
    private static final Duration LOCAL_POLL = Duration.ofMillis(250);

    /** A projection that works off a large import gets further all the time, and is worth waiting for. */
    private static final int PATIENCES_WITH_PROGRESS = 12;

    private final CoalescedCheckpoints checkpoints;
    private final LocalCheckpoints positions;
    private final ReadSessions sessions;
    private final ReadActivity activity;
    private final Duration patience;
    private final AtomicLong lastPoll = new AtomicLong(System.nanoTime());

    public ReadBarrier(
            CoalescedCheckpoints checkpoints,
            LocalCheckpoints positions,
            ReadSessions sessions,
            ReadActivity activity,
            Duration patience) {
        this.checkpoints = checkpoints;
        this.positions = positions;
        this.sessions = sessions;
        this.activity = activity;
        this.patience = patience;
    }

    /** Waits for the whole log as it is now. */
    public void await(String projection) {
        var _ = await(projection, ReadConsistency.CURRENT);
    }

    /**
     * Waits for what the terms ask for, and says what that was; empty where it was nothing.
     *
     * @throws AheadOfLogException for a projection with rows of events that the log does not have
     * @throws PositionNotReachedException when the projection gets no further for as long as reads have patience
     * @throws IllegalArgumentException for an unknown projection
     */
    public Optional<ReadPosition> await(String projection, ReadConsistency terms) {
        activity.noteRead();
        if (terms.asksForNothing()) {
            return Optional.empty();
        }
        try {
            return Optional.of(awaitPatiently(projection, terms));
        } catch (TimeoutException late) {
            throw new PositionNotReachedException("nobody knows where the log ends: " + late.getMessage(), false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PositionNotReachedException("interrupted while waiting for " + projection, false);
        }
    }

    private ReadPosition awaitPatiently(String projection, ReadConsistency terms)
            throws InterruptedException, TimeoutException {
        var start = System.nanoTime();
        var since = sessions.now();
        var deadline = start + patience.toNanos();
        var lastDeadline = start + PATIENCES_WITH_PROGRESS * patience.toNanos();
        var reached = positions.known(projection);
        var seen = checkpoints.ask(patience.toNanos());
        if (terms.minPosition() > seen.head()) {
            throw new PositionNotReachedException(
                    "the log ends at %d, before %d".formatted(seen.head(), terms.minPosition()), true);
        }
        seen.requireInLog(projection);
        var wanted = terms.positionWanted(seen.head());
        // An edition seen before the rows are read: if it changes meanwhile, nobody takes them for the new one.
        var rowsEpoch = seen.of(projection).rowsEpoch();
        if (seen.of(projection).position() >= wanted) {
            return new ReadPosition(wanted, rowsEpoch, since);
        }
        while (true) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new PositionNotReachedException(
                        "%s stood at %d of %d and is not at %d after %d ms"
                                .formatted(
                                        projection,
                                        seen.of(projection).position(),
                                        seen.head(),
                                        wanted,
                                        (System.nanoTime() - start) / 1_000_000),
                        wanted > seen.head());
            }
            var poll = (positions.isLocal(projection) ? LOCAL_POLL : POLL).toNanos();
            if (positions.await(projection, wanted, Duration.ofNanos(Math.min(left, poll)))) {
                return new ReadPosition(wanted, rowsEpoch, Math.min(since, positions.since(projection)));
            }
            if (isMyTurn(poll)) {
                seen = checkpoints.ask(left);
                seen.requireInLog(projection);
            }
            if (positions.known(projection) > reached) {
                reached = positions.known(projection);
                deadline = Math.min(lastDeadline, System.nanoTime() + patience.toNanos());
            }
        }
    }

    private boolean isMyTurn(long poll) {
        var last = lastPoll.get();
        var now = System.nanoTime();
        return now - last >= poll && lastPoll.compareAndSet(last, now);
    }
}
