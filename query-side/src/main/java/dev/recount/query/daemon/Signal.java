package dev.recount.query.daemon;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts raises, so that a thread that read the count earlier can wait for the next raise without missing it. */
final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final AtomicLong count = new AtomicLong();

    void raise() {
        lock.lock();
        try {
            count.incrementAndGet();
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long count() {
        return count.get();
    }

    /** Waits until the count differs from {@code before}, or until the timeout. */
    void await(long before, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            var left = atMost.toNanos();
            while (count.get() == before && left > 0) {
                left = raised.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
