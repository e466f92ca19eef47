package dev.recount.query.daemon;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The recent rate of a projection in events per second, measured from its position. */
final class RecentRate {

    /** Long enough to even out batches, short enough to show an operator the effect of a change. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Deque<Sight> sights = new ArrayDeque<>();
    private volatile double perSecond;

    private record Sight(long nanos, long position) {}

    /** Records a measurement; to be called about every second, even if the position did not change. */
    void seen(long nanos, long position) {
        if (!sights.isEmpty() && sights.getLast().position() > position) {
            // The position went back, so older measurements no longer apply.
            sights.clear();
        }
        sights.addLast(new Sight(nanos, position));
        while (nanos - sights.getFirst().nanos() > WINDOW.toNanos() && sights.size() > 2) {
            sights.removeFirst();
        }
        var first = sights.getFirst();
        var seconds = (nanos - first.nanos()) / NANOS_PER_SECOND;
        perSecond = seconds <= 0 ? 0 : (position - first.position()) / seconds;
    }

    double perSecond() {
        return perSecond;
    }
}
