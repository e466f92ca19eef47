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
 * The position of each projection as known to this process. Its own commits count immediately, commits of other nodes
 * once the database was queried.
 */
public final class LocalCheckpoints {

    /** The moment of a position read from the database: a read relies on nothing older than its own start. */
    private static final long ANY_TIME = Long.MAX_VALUE;

    private final Map<String, Progress> progresses = new ConcurrentHashMap<>();
    private volatile Consumer<String> fallBackListener = _ -> {};
    private volatile ObjLongConsumer<String> catchUpListener = (_, _) -> {};

    /** Waits until the projection has applied the event at the position; false on timeout. */
    public boolean await(String projection, long position, Duration atMost) throws InterruptedException {
        var progress = progressOf(projection);
        if (progress.position >= position) {
            return true;
        }
        catchUpListener.accept(projection, position);
        return progress.await(position, atMost.toNanos());
    }

    /** The position that the projection is known to have reached, negative if unknown. */
    public long known(String projection) {
        return progressOf(projection).position;
    }

    /** Whether this process applies the projection's batches, so that waiting for it needs no polling. */
    public boolean isLocal(String projection) {
        return progressOf(projection).local;
    }

    /** @param since moment of the read sessions before the commit; this call may come late */
    public void committedHere(String projection, long position, long since) {
        var progress = progressOf(projection);
        progress.local = true;
        progress.set(position, since);
    }

    /** The moment than which no connection may be younger that is to show the known position. */
    public long since(String projection) {
        return progressOf(projection).since;
    }

    public void releasedHere(String projection) {
        progressOf(projection).local = false;
    }

    /**
     * The known positions. Taken before a query of the database, they cannot exceed its result unless commits were
     * lost.
     */
    public Map<String, Long> known() {
        var known = new HashMap<String, Long>();
        progresses.forEach((name, progress) -> known.put(name, progress.position));
        return known;
    }

    /**
     * Records the positions found in the database, even if they are lower than those known before the query. A crash of
     * PostgreSQL loses the last commits of projections, because these do not wait for the disk.
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

    /** Calls the listener with the projection and the position whenever a read begins to wait; it must not block. */
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
