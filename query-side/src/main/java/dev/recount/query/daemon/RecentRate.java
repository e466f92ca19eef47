package dev.recount.query.daemon;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many events a second a projection has got further of late, as its position was seen to move. */
final class RecentRate {

    /** Long enough to even out batches, short enough for an operator to see what he has changed. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Deque<Sight> sights = new ArrayDeque<>();
    private volatile double perSecond;

    private record Sight(long nanos, long position) {}

    /** To be called every second or so, whether the position moved or not. */
    void seen(long nanos, long position) {
        if (!sights.isEmpty() && sights.getLast().position() > position) {
            // It was sent back: what it did before says nothing of how it goes on.
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
