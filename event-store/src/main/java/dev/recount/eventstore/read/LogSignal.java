package dev.recount.eventstore.read;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notifies readers in this process that the log has grown, regardless of which node appended.
 *
 * <p>Its position may lag behind the log. It is a hint to read the log, never a substitute for that.
 */
public final class LogSignal {

    private final AtomicLong knownHead = new AtomicLong();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    /** The highest position known to this process. */
    public long knownHead() {
        return knownHead.get();
    }

    /**
     * Runs {@code listener} after each growth, until the returned action is run. The listener must be quick and must
     * not block.
     */
    public Runnable subscribe(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Resets the head of a log that was set back. Listeners are notified, because known positions may hold other events
     * now.
     */
    public void restartAt(long position) {
        knownHead.set(position);
        listeners.forEach(Runnable::run);
    }

    /** Lowers the head from {@code heard}, unless it has changed since. */
    public void fallBack(long heard, long position) {
        knownHead.compareAndSet(heard, position);
    }

    public void advanceTo(long position) {
        if (knownHead.getAndAccumulate(position, Math::max) < position) {
            listeners.forEach(Runnable::run);
        }
    }
}
