package dev.recount.command.ids;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the ids of a database sequence, which it fetches in blocks sized by demand.
 *
 * <p>At low load a block is one id, so a quiet service leaves no gaps when it stops. Under load a block lasts about 50
 * ms. The next block is fetched while a quarter is left, so that callers need not wait for the database. Waiting
 * callers share one fetch. An id may stay unused, but none is handed out twice.
 */
public final class IdSequence {

    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LARGEST_BLOCK = 2_000;

    private final IntFunction<long[]> fetch;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();

    private long[] ids = {};
    private int next;
    private int size = 1;
    private int taken;
    private int waiting;
    private long lastFetch;
    private @Nullable Block underWay;

    /** @param fetch takes the given number of ids from the sequence */
    IdSequence(IntFunction<long[]> fetch, LongSupplier nanoClock) {
        this.fetch = fetch;
        this.nanoClock = nanoClock;
        this.lastFetch = nanoClock.getAsLong();
    }

    /** The next id. Waits for the database if demand rose suddenly, and throws the exception of a failed fetch. */
    public long next() {
        boolean waited = false;
        while (true) {
            Block awaited;
            boolean fetchHere = false;
            lock.lock();
            try {
                waiting -= waited ? 1 : 0;
                if (next < ids.length) {
                    return take();
                }
                waiting++;
                waited = true;
                awaited = underWay;
                if (awaited == null) {
                    awaited = begin();
                    fetchHere = true;
                }
            } finally {
                lock.unlock();
            }
            if (fetchHere) {
                bring(awaited);
            }
            await(awaited);
        }
    }

    /** Drops the cached ids after the sequence was set back, because another node may get the same ids. */
    void forget() {
        lock.lock();
        try {
            ids = new long[0];
            next = 0;
        } finally {
            lock.unlock();
        }
    }

    private long take() {
        taken++;
        long id = ids[next++];
        if (ids.length - next < size / 4 && underWay == null) {
            Block ahead = begin();
            Thread.startVirtualThread(() -> bring(ahead));
        }
        return id;
    }

    /** A block that is being fetched, and the callers waiting for it. */
    private record Block(int size, CompletableFuture<Void> arrival) {}

    /** Sizes the block by the ids taken since the last fetch, and at least by the number of waiting callers. */
    private Block begin() {
        long now = nanoClock.getAsLong();
        long elapsed = Math.max(1, now - lastFetch);
        long demand = Math.min(taken * BLOCK_NANOS / elapsed, 2L * size);
        size = Math.clamp(demand, Math.clamp(waiting, 1, LARGEST_BLOCK), LARGEST_BLOCK);
        lastFetch = now;
        taken = 0;
        Block begun = new Block(size, new CompletableFuture<>());
        underWay = begun;
        return begun;
    }

    private void bring(Block block) {
        try {
            finish(fetch.apply(block.size()));
            block.arrival().complete(null);
        } catch (RuntimeException | Error e) {
            finish(new long[0]);
            block.arrival().completeExceptionally(e);
        }
    }

    private void finish(long[] fetched) {
        lock.lock();
        try {
            long[] left = Arrays.copyOfRange(ids, next, ids.length + fetched.length);
            System.arraycopy(fetched, 0, left, ids.length - next, fetched.length);
            ids = left;
            next = 0;
            underWay = null;
        } finally {
            lock.unlock();
        }
    }

    /** All callers that wait for a fetch share its failure. If each retried alone, the last one would wait long. */
    private void await(Block block) {
        try {
            block.arrival().join();
        } catch (CompletionException e) {
            lock.lock();
            try {
                waiting--;
            } finally {
                lock.unlock();
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
