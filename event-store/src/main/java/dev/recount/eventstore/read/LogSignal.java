package dev.recount.eventstore.read;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells readers in this process that the log has grown, whoever made it grow.
 *
 * <p>What it knows may lag behind the log; it is a reason to look, never an answer.
 */
public final class LogSignal {

    private final AtomicLong knownHead = new AtomicLong();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    /** The highest position that this process has heard of. */
    public long knownHead() {
        return knownHead.get();
    }

    /** Runs {@code listener} after each growth until the answer is run; it must be quick and must not block. */
    public Runnable subscribe(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Forgets a log that was set back; what listens is told, since there may be other events where it has been. */
    public void restartAt(long position) {
        knownHead.set(position);
        listeners.forEach(Runnable::run);
    }

    /** The log ends earlier than at {@code heard}, unless something was heard since. */
    public void fallBack(long heard, long position) {
        knownHead.compareAndSet(heard, position);
    }

    public void advanceTo(long position) {
        if (knownHead.getAndAccumulate(position, Math::max) < position) {
            listeners.forEach(Runnable::run);
        }
    }
}
