package dev.recount.query.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The progress of a run: its own thread updates it, and other threads read it. */
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

    /** The position up to which the log has been applied. */
    long position() {
        return position;
    }

    void reached(long newPosition) {
        position = newPosition;
    }

    /** @param position the position up to which the log is to be applied; may be higher or lower than before */
    void target(long position) {
        total = position;
    }

    /** @param position the same; a lower position than before is ignored */
    void targetAtLeast(long position) {
        total = Math.max(total, position);
    }

    void swapAttempted() {
        swapAttempts.incrementAndGet();
    }

    /** @param lock how long a projection stood still */
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
