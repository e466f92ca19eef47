package dev.recount.eventstore;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells readers in this process that the log has grown, whoever made it grow: at once after a quiet moment, and under
 * load a few times in a hundredth of a second, so that they read batches and leave the processors to the writers.
 *
 * <p>What it knows may lag behind the log; it is a reason to look, never an answer.
 */
public final class LogSignal implements AutoCloseable {

    private static final Duration BETWEEN_SIGNALS = Duration.ofMillis(4);

    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong knownHead = new AtomicLong();
    private final AtomicBoolean aboutToTell = new AtomicBoolean();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("recount-log-signal").daemon().factory());
    private volatile long lastTold = System.nanoTime() - BETWEEN_SIGNALS.toNanos();

    /** The highest position that readers have been told of. */
    public long knownHead() {
        return knownHead.get();
    }

    /** Runs {@code listener} after each growth until the answer is run; it must be quick and must not block. */
    public Runnable subscribe(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void advanceTo(long position) {
        // Noted first: whoever is about to tell looks at it after it has opened the way for the next one.
        heard.accumulateAndGet(position, Math::max);
        if (position > knownHead.get() && aboutToTell.compareAndSet(false, true)) {
            long early = lastTold + BETWEEN_SIGNALS.toNanos() - System.nanoTime();
            if (early <= 0) {
                tell();
            } else {
                var _ = clock.schedule(this::tell, early, TimeUnit.NANOSECONDS);
            }
        }
    }

    private void tell() {
        lastTold = System.nanoTime();
        aboutToTell.set(false);
        knownHead.accumulateAndGet(heard.get(), Math::max);
        listeners.forEach(Runnable::run);
    }

    /** Nobody is told any more. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
