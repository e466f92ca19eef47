package dev.recount.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A share of the heap for requests that need much of it: a request that asks for more than is left waits until others are
 * done, in the order of asking, so that large bodies and answers cost time when many come at once, and not the memory of all.
 *
 * <p>While one waits, a client that keeps its share because it sends or takes its bytes too slowly is cut off.
 */
public final class HeapBudget {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** How long a client may be waited for while another request needs what it holds, … */
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    /** … and each second longer for so many bytes that it has sent or taken meanwhile. */
    private static final double BYTES_PER_SECOND = 100_000;

    private final long all;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Set<Share> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private long left;

    /**
     * @param bytes what may be in use at the same time
     * @param patience how long a request waits for its share
     */
    public HeapBudget(long bytes, Duration patience) {
        this.all = bytes;
        this.left = bytes;
        this.patience = patience;
    }

    private static final class Waiting {

        private final long wanted;
        private final Condition turn;
        private boolean granted;

        private Waiting(long wanted, Condition turn) {
            this.wanted = wanted;
            this.turn = turn;
        }
    }

    /** The same for a client of unknown pace, which is never cut off. */
    public Share take(long bytes) {
        return take(bytes, ClientPace.UNKNOWN);
    }

    /**
     * Waits for a share, to be closed when the memory is free again; a request that needs more than there is at all gets all.
     *
     * @param bytes of the heap, as estimated; nothing is waited for where it is 0
     * @param client is sent or sends what the share is for
     * @throws ProblemException 503 if that takes too long
     */
    public Share take(long bytes, ClientPace client) {
        if (bytes == 0) {
            // Even nothing would be waited for in a queue.
            return new Share(0, client);
        }
        long wanted = Math.min(all, bytes);
        lock.lock();
        try {
            if (!queue.isEmpty() || wanted > left) {
                await(wanted);
            } else {
                left -= wanted;
            }
            return new Share(wanted, client);
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw overloaded();
        } finally {
            lock.unlock();
        }
    }

    /** A share if there is room for it and no other request waits for any. */
    public Optional<Share> takeNow(long bytes, ClientPace client) {
        if (bytes == 0) {
            return Optional.of(new Share(0, client));
        }
        long wanted = Math.min(all, bytes);
        lock.lock();
        try {
            if (!queue.isEmpty() || wanted > left) {
                return Optional.empty();
            }
            left -= wanted;
            return Optional.of(new Share(wanted, client));
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for a share. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void await(long wanted) throws InterruptedException {
        Waiting mine = new Waiting(wanted, lock.newCondition());
        queue.addLast(mine);
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long time = patience.toNanos(); !mine.granted; time = end - System.nanoTime()) {
                if (time <= 0) {
                    throw overloaded();
                }
                mine.turn.await(Math.min(time, BETWEEN_LOOKS.toNanos()), TimeUnit.NANOSECONDS);
                if (!mine.granted && mine.equals(queue.peekFirst())) {
                    cutOffTheSlowest(wanted - left);
                }
            }
        } catch (InterruptedException shuttingDown) {
            if (mine.granted) {
                left += wanted;
            }
            throw shuttingDown;
        } finally {
            queue.remove(mine);
            grant();
        }
    }

    /** The client that the server has waited for longest goes first, until there is room. */
    private void cutOffTheSlowest(long missing) {
        List<Share> slow = held.stream()
                .filter(Share::isHeldBySlowClient)
                .sorted(Comparator.comparingLong(Share::waitedNanos).reversed())
                .toList();
        long freed = 0;
        for (Share share : slow) {
            if (freed >= missing) {
                return;
            }
            share.client.cutOff();
            freed += share.bytes;
        }
    }

    private void grant() {
        for (Waiting next = queue.peekFirst(); next != null && next.wanted <= left; next = queue.peekFirst()) {
            queue.removeFirst();
            left -= next.wanted;
            next.granted = true;
            next.turn.signal();
        }
    }

    private static ProblemException overloaded() {
        return ProblemType.OVERLOADED
                .problem("Too many large bodies and answers are under way for the memory there is; try again.")
                .retryAfter(FrameworkProblems.PAUSE)
                .exception();
    }

    /** What one request may use; of one thread. */
    public final class Share implements AutoCloseable {

        private final ClientPace client;
        private final long waitedBefore;
        private final long movedBefore;
        private long bytes;

        private Share(long bytes, ClientPace client) {
            this.bytes = bytes;
            this.client = client;
            this.waitedBefore = client.waitedNanos();
            this.movedBefore = client.movedBytes();
            if (bytes > 0) {
                held.add(this);
            }
        }

        /** Gives back what is not needed any more. */
        public void shrinkTo(long kept) {
            if (kept >= bytes) {
                return;
            }
            lock.lock();
            try {
                left += bytes - kept;
                bytes = kept;
                if (kept == 0) {
                    held.remove(this);
                }
                grant();
            } finally {
                lock.unlock();
            }
        }

        /** Whether it is enough for so many bytes, or for as many as there can be. */
        public boolean isEnoughFor(long needed) {
            return needed <= bytes || bytes == all;
        }

        private long waitedNanos() {
            return client.waitedNanos() - waitedBefore;
        }

        private boolean isHeldBySlowClient() {
            double bought = 1e9 * (client.movedBytes() - movedBefore) / BYTES_PER_SECOND;
            return client.isWaitedFor() && waitedNanos() >= TOLERATED.toNanos() + bought;
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }
}
