package dev.recount.query.consistency;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked for at the same time with one query, for a row costs a fraction of what a statement does.
 *
 * <p>Who asks while nothing is under way is answered at once. Meanwhile others gather, and go together as soon as the
 * query before has ended, or takes too long. Nobody is given what a query found that was sent before he asked.
 *
 * @param <K> what one row or one group of rows is asked for by
 * @param <V> what is found there
 */
public final class BatchedReads<K, V> {

    /** Keys of a query, so that nobody waits for what is found for too many others. */
    static final int MOST = 64;

    /** What takes longer has much to tell, and keeps nobody else from going on. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(5);

    private final Function<Collection<K>, Map<K, V>> query;
    private final Semaphore underWay;
    private final Duration longestWait;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Round<K, V> gathering;

    private static final class Round<K, V> {

        private final Set<K> keys = new HashSet<>();
        private long reliedOn = ReadSessions.reliedOn();
        private final CompletableFuture<Map<K, V>> answer = new CompletableFuture<>();
    }

    /** @param query finds what there is under any of the keys, in one snapshot of the database */
    public BatchedReads(Function<Collection<K>, Map<K, V>> query) {
        this(query, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), LONGEST_WAIT);
    }

    BatchedReads(Function<Collection<K>, Map<K, V>> query, int queriesAtOnce, Duration longestWait) {
        this.query = query;
        this.underWay = new Semaphore(queriesAtOnce);
        this.longestWait = longestWait;
    }

    /** What a query finds under the key that is sent after this call began. */
    public Optional<V> read(K key) {
        var mine = new Round<K, V>();
        var round = join(mine, key);
        if (round == mine) {
            lead(round);
        }
        try {
            return Optional.ofNullable(round.answer.join().get(key));
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException unchecked ? unchecked : failed;
        }
    }

    private Round<K, V> join(Round<K, V> mine, K key) {
        lock.lock();
        try {
            var round = gathering == null || gathering.keys.size() >= MOST ? mine : gathering;
            round.keys.add(key);
            round.reliedOn = Math.min(round.reliedOn, ReadSessions.reliedOn());
            gathering = round;
            return round;
        } finally {
            lock.unlock();
        }
    }

    private void lead(Round<K, V> round) {
        var acquired = acquire();
        try {
            close(round);
            // What suits the one that relies on the oldest positions suits all.
            round.answer.complete(ReadSessions.relyingOn(round.reliedOn, () -> query.apply(round.keys)));
        } catch (RuntimeException | Error failure) {
            round.answer.completeExceptionally(failure);
        } finally {
            if (acquired) {
                underWay.release();
            }
        }
    }

    private boolean acquire() {
        try {
            return underWay.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Nobody else joins the round. */
    private void close(Round<K, V> round) {
        lock.lock();
        try {
            if (gathering == round) {
                gathering = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
