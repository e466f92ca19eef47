package dev.recount.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A share of the heap for requests that need much of it: who asks for more than is left waits until others are done, in the
 * order of asking, so that large bodies and answers cost time when many come at once, and not the memory of all.
 */
public final class HeapBudget {

    /** In bytes; so many are counted as one. */
    private static final int UNIT = 1 << 10;

    private final int all;
    private final Semaphore left;
    private final Duration patience;

    /**
     * @param bytes what may be in use at the same time
     * @param patience how long one waits for his share
     */
    public HeapBudget(long bytes, Duration patience) {
        this.all = units(bytes);
        this.left = new Semaphore(all, true);
        this.patience = patience;
    }

    /**
     * Waits for a share, to be closed when the memory is free again; who needs more than there is at all gets all.
     *
     * @param bytes of the heap, as estimated; nothing is waited for where it is 0
     * @throws ProblemException 503 if that takes too long
     */
    public Share take(long bytes) {
        int wanted = Math.min(all, units(bytes));
        try {
            // Even nothing would be waited for in a queue.
            if (wanted > 0 && !left.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw overloaded();
            }
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw overloaded();
        }
        return new Share(wanted);
    }

    /** How many wait for a share, by estimate. */
    public int waiting() {
        return left.getQueueLength();
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }

    private static ProblemException overloaded() {
        return ProblemType.OVERLOADED
                .problem("Too many large bodies and answers are under way for the memory there is; try again.")
                .retryAfter(FrameworkProblems.PAUSE)
                .exception();
    }

    /** What one request may use; of one thread. */
    public final class Share implements AutoCloseable {

        private int units;

        private Share(int units) {
            this.units = units;
        }

        /** Gives back what is not needed any more. */
        public void shrinkTo(long bytes) {
            int kept = Math.min(units, units(bytes));
            left.release(units - kept);
            units = kept;
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }
}
