package dev.recount.query.checkpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * How far each projection has come as far as this process knows: from its own commits as soon as they are made, from
 * the database whenever somebody looked there.
 */
public final class LocalCheckpoints {

    /** Of what the database was asked for: a read relies on nothing older than its own beginning. */
    private static final long ANY_TIME = Long.MAX_VALUE;

    private final Map<String, Progress> progresses = new ConcurrentHashMap<>();
    private volatile Consumer<String> fallBackListener = _ -> {};
    private volatile ObjLongConsumer<String> catchUpListener = (_, _) -> {};

    /** True as soon as the projection has applied the event at the position, false when the time is over before. */
    public boolean await(String projection, long position, Duration atMost) throws InterruptedException {
        var progress = progressOf(projection);
        if (progress.position >= position) {
            return true;
        }
        catchUpListener.accept(projection, position);
        return progress.await(position, atMost.toNanos());
    }

    /** The position that the projection is known to have reached, below 0 where nothing is known yet. */
    public long known(String projection) {
        return progressOf(projection).position;
    }

    /** True where this process applies the projection's batches, so that a wait for it needs no polling. */
    public boolean isLocal(String projection) {
        return progressOf(projection).local;
    }

    /** @param since the moment of the read sessions before the commit, which this may be told of late */
    public void committedHere(String projection, long position, long since) {
        var progress = progressOf(projection);
        progress.local = true;
        progress.set(position, since);
    }

    /** The moment that no connection may be younger than which is to show what is known here. */
    public long since(String projection) {
        return progressOf(projection).since;
    }

    public void releasedHere(String projection) {
        progressOf(projection).local = false;
    }

    /** What is known now; taken before a look at the database, it cannot be ahead of it unless commits got lost. */
    public Map<String, Long> known() {
        var known = new HashMap<String, Long>();
        progresses.forEach((name, progress) -> known.put(name, progress.position));
        return known;
    }

    /**
     * Takes over what was found in the database, also where it is less than what was known before the look: a crash of
     * PostgreSQL takes the last commits of the projections along, because they do not wait for the disk.
     */
    public void found(Map<String, Long> knownBefore, CheckpointSnapshot checkpoints) {
        checkpoints.checkpoints().forEach((name, checkpoint) -> {
            var position = checkpoint.position();
            if (knownBefore.getOrDefault(name, Progress.UNKNOWN) > position) {
                progressOf(name).set(position, ANY_TIME);
                fallBackListener.accept(name);
            } else {
                progressOf(name).raise(position);
            }
        });
    }

    /** Calls the listener with the name of each projection that fell back; it must not block. */
    public void onFallBack(Consumer<String> listener) {
        fallBackListener = listener;
    }

    /** Calls the listener with each projection for which somebody begins to wait, and with the position; it must not block. */
    public void onCatchUpRequest(ObjLongConsumer<String> listener) {
        catchUpListener = listener;
    }

    private Progress progressOf(String projection) {
        return progresses.computeIfAbsent(projection, _ -> new Progress());
    }

    private static final class Progress {

        private static final long UNKNOWN = -1;

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition moved = lock.newCondition();
        private volatile long position = UNKNOWN;
        private volatile long since = ANY_TIME;
        private volatile boolean local;

        private void set(long newPosition, long newSince) {
            lock.lock();
            try {
                since = newSince;
                position = newPosition;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void raise(long newPosition) {
            lock.lock();
            try {
                if (newPosition > position) {
                    since = ANY_TIME;
                    position = newPosition;
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        private boolean await(long wanted, long nanos) throws InterruptedException {
            if (position >= wanted) {
                return true;
            }
            lock.lock();
            try {
                var left = nanos;
                while (position < wanted && left > 0) {
                    left = moved.awaitNanos(left);
                }
                return position >= wanted;
            } finally {
                lock.unlock();
            }
        }
    }
}
