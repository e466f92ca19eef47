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
 * Combines concurrent reads into one query, because a row costs a fraction of a statement.
 *
 * <p>A read runs immediately if fewer queries than allowed are running. Otherwise reads gather in a round, which is
 * sent when a running query ends or takes too long. A read never gets the result of a query that was sent before the
 * read began.
 *
 * @param <K> the key of a row or a group of rows
 * @param <V> the value that is found for a key
 */
public final class BatchedReads<K, V> {

    /** Maximum keys per query, so that no read waits for the results of too many others. */
    static final int MOST = 64;

    /** Maximum wait for a running query, so that a slow query does not hold up other reads. */
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

    /** @param query finds the values for any of the keys, in one snapshot of the database */
    public BatchedReads(Function<Collection<K>, Map<K, V>> query) {
        this(query, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), LONGEST_WAIT);
    }

    BatchedReads(Function<Collection<K>, Map<K, V>> query, int queriesAtOnce, Duration longestWait) {
        this.query = query;
        this.underWay = new Semaphore(queriesAtOnce);
        this.longestWait = longestWait;
    }

    /** Returns the value that a query finds for the key; the query is sent after this call began. */
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
            // Connections that satisfy the read with the oldest positions satisfy every read of the round.
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

    /** Closes the round: no further read joins it. */
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
