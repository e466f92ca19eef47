package dev.recount.query.rebuild;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rate in events per second over the last few seconds, and the estimated end at that rate. */
final class EventRate {

    private static final double WINDOW_SECONDS = 5;
    private static final double NANOS = 1e9;

    private long lastNanos;
    private long lastDone;
    private double perSecond = Double.NaN;

    EventRate(long nanos) {
        this.lastNanos = nanos;
    }

    /** Records progress; to be called regularly. */
    void seen(long nanos, long done) {
        var seconds = (nanos - lastNanos) / NANOS;
        if (seconds <= 0 || (done == 0 && Double.isNaN(perSecond))) {
            return;
        }
        var now = Math.max(0, done - lastDone) / seconds;
        // The weight of a new measurement grows with the time that it covers.
        var weight = Double.isNaN(perSecond) ? 1 : 1 - Math.exp(-seconds / WINDOW_SECONDS);
        perSecond = Double.isNaN(perSecond) ? now : perSecond + weight * (now - perSecond);
        lastNanos = nanos;
        lastDone = done;
    }

    @Nullable
    Double perSecond() {
        return Double.isNaN(perSecond) ? null : perSecond;
    }

    @Nullable
    Instant end(Instant now, long remaining) {
        return Double.isNaN(perSecond) || perSecond < 1
                ? null
                : now.plus(Duration.ofMillis((long) (remaining / perSecond * 1000)));
    }
}
