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
 * Shares one checkpoint query among concurrent callers. A caller never gets the result of a query that was sent before
 * its call.
 *
 * <p>The first caller while a query is running leads the next round. Callers that arrive before that round's query is
 * sent share its result. So there are never more than two rounds: one running and one gathering.
 */
public final class CoalescedCheckpoints {

    private final Supplier<CheckpointSnapshot> query;
    private final Semaphore underWay = new Semaphore(1);
    private final AtomicReference<@Nullable CompletableFuture<CheckpointSnapshot>> gathering = new AtomicReference<>();

    public CoalescedCheckpoints(Supplier<CheckpointSnapshot> query) {
        this.query = query;
    }

    /**
     * Returns the result of a query that was sent after this call began.
     *
     * @throws TimeoutException if there is no result in time
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
                throw new TimeoutException("the previous query has not returned yet");
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

    /** Null if the leader timed out before it sent the query: its deadline is not ours. */
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
