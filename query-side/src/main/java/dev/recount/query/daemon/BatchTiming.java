package dev.recount.query.daemon;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a batch took, and how long its projections then leave the processors to those who write.
 *
 * <p>While very much is written, projections that gather events take a quarter of one processor and fall behind; the log
 * keeps what they have not seen. They take all they can get as soon as the writing slackens, and whoever reads one of them
 * meanwhile has it caught up at once.
 */
final class BatchTiming {

    private static final int RESTS_PER_WORK = 3;

    /** In events per second; fewer leave time for everything. */
    private static final long BUSY = 2_000;

    /** In events; one that is behind by fewer has as good as caught up. */
    private static final long FEW = 2_000;

    private final LongSupplier head;
    private final LongSupplier nanoClock;
    private final long headBefore;
    private final long start;

    /** Begins now. */
    BatchTiming(LongSupplier head, LongSupplier nanoClock) {
        this.head = head;
        this.nanoClock = nanoClock;
        this.headBefore = head.getAsLong();
        this.start = nanoClock.getAsLong();
    }

    /** Since the batch was begun. */
    Duration time() {
        return Duration.ofNanos(nanoClock.getAsLong() - start);
    }

    /** Whether very much was written meanwhile. */
    boolean isAmidWrites() {
        return head.getAsLong() - headBefore >= BUSY * time().toNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * For a projection that the batch has brought to the position.
     *
     * @param batchDelay for how long it lets events gather where there are few
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
