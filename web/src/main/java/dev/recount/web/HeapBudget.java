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
 * A heap budget for requests with large bodies or responses. A request that needs more than is left waits until others
 * finish, in order of arrival. So many large requests cost time instead of exhausting the memory.
 *
 * <p>While a request waits, a client that keeps its share by sending or reading too slowly is disconnected.
 */
public final class HeapBudget {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Maximum wait for a client while another request needs its share, … */
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    /** … plus one second for each time that the client has transferred this many bytes. */
    private static final double BYTES_PER_SECOND = 100_000;

    private final long all;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Set<Share> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private long left;

    /**
     * @param bytes maximum total in use
     * @param patience maximum wait of a request for its share
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

    /** Like {@link #take(long, ClientPace)}, for a client of unknown pace, which is never disconnected. */
    public Share take(long bytes) {
        return take(bytes, ClientPace.UNKNOWN);
    }

    /**
     * Waits for a share, which must be closed when the memory is free again. A request that needs more than the whole
     * budget gets the whole budget.
     *
     * @param bytes estimated heap use; 0 never waits
     * @param client the client that sends the body or reads the response
     * @throws ProblemException 503 if the wait takes too long
     */
    public Share take(long bytes, ClientPace client) {
        if (bytes == 0) {
            // Even a share of 0 would otherwise wait in the queue.
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

    /** Returns a share if there is room and no other request waits. */
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

    /** The number of requests that wait for a share. */
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

    /** Disconnects slow clients, the slowest first, until there is enough room. */
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

    /** The share of one request. Confined to one thread. */
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

        /** Returns memory that is no longer needed. */
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

        /** Whether the share covers {@code needed}, or the whole budget. */
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
