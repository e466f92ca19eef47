package dev.recount.query.daemon;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The duration of a batch, and how long its projections then rest to leave the processors to writes.
 *
 * <p>Under heavy writes, projections with a batch delay use a quarter of one processor and fall behind; the log keeps
 * the events. When the writes slacken, they catch up at full speed. A read of such a projection makes it catch up
 * immediately.
 */
final class BatchTiming {

    private static final int RESTS_PER_WORK = 3;

    /** In events per second; a lower rate leaves time for everything. */
    private static final long BUSY = 2_000;

    /** In events; a projection that is behind by fewer counts as caught up. */
    private static final long FEW = 2_000;

    private final LongSupplier head;
    private final LongSupplier nanoClock;
    private final long headBefore;
    private final long start;

    /** Starts the measurement. */
    BatchTiming(LongSupplier head, LongSupplier nanoClock) {
        this.head = head;
        this.nanoClock = nanoClock;
        this.headBefore = head.getAsLong();
        this.start = nanoClock.getAsLong();
    }

    /** Time since the batch was begun. */
    Duration time() {
        return Duration.ofNanos(nanoClock.getAsLong() - start);
    }

    /** Whether the log grew at a high rate during the batch. */
    boolean isAmidWrites() {
        return head.getAsLong() - headBefore >= BUSY * time().toNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * The rest for a projection that the batch has brought to the position.
     *
     * @param batchDelay how long the projection lets events gather when there are few
     */
    Duration rest(Duration batchDelay, long position) {
        if (head.getAsLong() - position < FEW) {
            return batchDelay;
        }
        if (!isAmidWrites()) {
            return Duration.ZERO;
        }
        var rest = time().multipliedBy(RESTS_PER_WORK);
        return rest.compareTo(batchDelay) < 0 ? batchDelay : rest;
    }
}
