package dev.recount.query.daemon;

import dev.recount.events.IssueEvent;
import dev.recount.query.projection.LoggedEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The issues that the newest events of the log are about, as far as this node has read the log for its projections.
 *
 * <p>The result depends only on the log, not on whether projections applied the events. One thread records events; any
 * number of threads may query.
 */
public final class RecentChanges {

    /** Number of issues; at most twice as many are remembered, in about 3 MB. */
    private static final int TURN_AFTER = 20_000;

    private final int turnAfter;
    private volatile Window window = Window.from(0);

    /**
     * Two maps from an issue to the position of its last event. The older one is dropped when the newer one is full.
     *
     * @param since position after which the two maps lack no event
     * @param newerSince the same for the newer map
     * @param reached last position that is recorded
     */
    private record Window(
            long since, Map<Long, Long> older, long newerSince, Map<Long, Long> newer, AtomicLong reached) {

        private static Window from(long position) {
            return new Window(position, Map.of(), position, new ConcurrentHashMap<>(), new AtomicLong(position));
        }

        private Window turned() {
            var now = reached.get();
            return new Window(newerSince, newer, now, new ConcurrentHashMap<>(), new AtomicLong(now));
        }
    }

    RecentChanges() {
        this(TURN_AFTER);
    }

    /** @param turnAfter number of issues that each of the two maps holds */
    RecentChanges(int turnAfter) {
        this.turnAfter = turnAfter;
    }

    /** Records all events of the log after {@code from} and up to the last of the batch. */
    synchronized void read(long from, List<LoggedEvent> batch) {
        var present = from > window.reached().get() ? Window.from(from) : window;
        var known = present.reached().get();
        for (var logged : batch) {
            if (logged.position() > known && logged.event() instanceof IssueEvent event) {
                present.newer().put(event.issueId(), logged.position());
            }
        }
        present.reached().accumulateAndGet(batch.getLast().position(), Math::max);
        window = present.newer().size() < turnAfter ? present : present.turned();
    }

    /** Forgets everything, because the log is no longer the one that was read. */
    synchronized void forget() {
        window = Window.from(0);
    }

    /** Whether the issue certainly has no event after the first and up to the second position. */
    public boolean isUnchanged(long issue, long after, long upTo) {
        var present = window;
        if (after < present.since() || upTo > present.reached().get()) {
            return false;
        }
        var last = present.newer().get(issue);
        return (last == null ? present.older().getOrDefault(issue, 0L) : last) <= after;
    }
}
