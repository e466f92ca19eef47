package dev.recount.command.bus;

import dev.recount.eventstore.read.StaleAggregateException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Retries an operation on fresh state after a conflict that only the log's sequence numbers detect. */
public final class ConflictRetry {

    /**
     * Takes about a second. With five nodes writing to one issue, one command in a million would conflict this often.
     */
    private static final int MAX_ATTEMPTS = 64;

    private static final int MAX_DOUBLINGS = 5;

    private ConflictRetry() {}

    /**
     * The result of the first attempt without a conflict.
     *
     * @param what the name of the attempted operation, for the message
     * @throws ContendedException when every attempt met a conflict
     */
    public static <T> T untilWon(String what, Supplier<T> attempt) {
        for (int count = 1; ; count++) {
            try {
                return attempt.get();
            } catch (ConcurrencyException | StaleAggregateException | DeadlockException lost) {
                if (count == MAX_ATTEMPTS) {
                    throw new ContendedException(what + " met a conflict on every attempt", lost);
                }
                pause(count);
            }
        }
    }

    /** Pauses for a random time that grows with the attempts, so that two conflicting nodes do not conflict again. */
    private static void pause(int attempt) {
        long most = Duration.ofMillis(1).toNanos() << Math.min(attempt - 1, MAX_DOUBLINGS);
        try {
            Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContendedException("Interrupted between two attempts", e);
        }
    }
}
