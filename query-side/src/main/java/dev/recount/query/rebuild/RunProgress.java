package dev.recount.query.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How far a run is: its own thread notes it, and another one tells it to whoever asks. */
final class RunProgress {

    private final EventRate rate = new EventRate(System.nanoTime());
    private final AtomicInteger swapAttempts = new AtomicInteger();
    private volatile RebuildPhase phase = RebuildPhase.PREPARING;
    private volatile long position;
    private volatile long total;
    private volatile @Nullable Duration longestLock;

    void enter(RebuildPhase next) {
        phase = next;
    }

    /** Up to where the log has been applied. */
    long position() {
        return position;
    }

    void reached(long newPosition) {
        position = newPosition;
    }

    /** @param position up to where the log is to be applied, which may be further off, or nearer, than before */
    void target(long position) {
        total = position;
    }

    /** @param position the same, where the target does not come nearer */
    void targetAtLeast(long position) {
        total = Math.max(total, position);
    }

    void swapAttempted() {
        swapAttempts.incrementAndGet();
    }

    /** @param lock for how long a projection stood still */
    void locked(Duration lock) {
        longestLock = longestLock == null || lock.compareTo(longestLock) > 0 ? lock : longestLock;
    }

    synchronized RebuildRows.Progress seen() {
        rate.seen(System.nanoTime(), position);
        var remaining = Math.max(0, total - position);
        return new RebuildRows.Progress(
                phase,
                position,
                total,
                rate.perSecond(),
                remaining == 0 ? null : rate.end(Instant.now(), remaining),
                swapAttempts.get(),
                longestLock);
    }
}
