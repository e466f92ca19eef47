package dev.recount.query.checkpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers all who ask at the same time with one query, and nobody with a query that began before he asked.
 *
 * <p>The first to ask while a query is under way leads the next round; whoever asks until that round's query is sent
 * shares its answer. So there are never more than two rounds: one under way and one that gathers.
 */
public final class CoalescedCheckpoints {

    private final Supplier<CheckpointSnapshot> query;
    private final Semaphore underWay = new Semaphore(1);
    private final AtomicReference<@Nullable CompletableFuture<CheckpointSnapshot>> gathering = new AtomicReference<>();

    public CoalescedCheckpoints(Supplier<CheckpointSnapshot> query) {
        this.query = query;
    }

    /**
     * What a query found that was sent after this call began.
     *
     * @throws TimeoutException when the time is over before
     */
    public CheckpointSnapshot ask(long atMostNanos) throws InterruptedException, TimeoutException {
        var deadline = System.nanoTime() + atMostNanos;
        while (true) {
            var left = deadline - System.nanoTime();
            var mine = new CompletableFuture<CheckpointSnapshot>();
            var gathered = gathering.compareAndExchange(null, mine);
            var answer = gathered == null ? lead(mine, left) : follow(gathered, left);
            if (answer != null) {
                return answer;
            }
        }
    }

    private CheckpointSnapshot lead(CompletableFuture<CheckpointSnapshot> round, long atMostNanos)
            throws InterruptedException, TimeoutException {
        try {
            if (!underWay.tryAcquire(atMostNanos, TimeUnit.NANOSECONDS)) {
                throw new TimeoutException("the query before has no answer yet");
            }
            try {
                gathering.compareAndSet(round, null);
                var answer = query.get();
                round.complete(answer);
                return answer;
            } finally {
                underWay.release();
            }
        } catch (InterruptedException | TimeoutException | RuntimeException | Error failure) {
            gathering.compareAndSet(round, null);
            round.completeExceptionally(failure);
            throw failure;
        }
    }

    /** Null when the leader gave up before it asked: its haste is not ours. */
    private static @Nullable CheckpointSnapshot follow(CompletableFuture<CheckpointSnapshot> round, long atMostNanos)
            throws InterruptedException, TimeoutException {
        try {
            return round.get(atMostNanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            return switch (failed.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> null;
            };
        }
    }
}
