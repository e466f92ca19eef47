package dev.recount.query.consistency;

import dev.recount.query.checkpoint.AheadOfLogException;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds back a read until the projection covers every write that was acknowledged before the read was requested.
 *
 * <p>Works on any node. If the projection runs in this process, the commit of a batch wakes the read. Otherwise one
 * waiting read polls the projection's row every few milliseconds and notifies the others.
 */
public final class ReadBarrier {

    private static final Duration POLL = Duration.ofMillis(4);
    /** Only a safety net: here the commits of this process wake the read. */
    private static final Duration LOCAL_POLL = Duration.ofMillis(250);

    /** A projection that is working through a large import makes steady progress, so a read waits longer for it. */
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

    /** Waits until the projection covers the whole log as of now. */
    public void await(String projection) {
        var _ = await(projection, ReadConsistency.CURRENT);
    }

    /**
     * Waits until the projection satisfies the terms, and returns the position reached. Empty if the terms require
     * nothing.
     *
     * @throws AheadOfLogException if the projection has rows of events that the log does not have
     * @throws PositionNotReachedException if the projection makes no progress for the configured patience
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
            throw new PositionNotReachedException("the end of the log is not known: " + late.getMessage(), false);
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
        // The epoch is read before the rows. If it changes in between, the older rows are never taken for the new
        // epoch.
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
