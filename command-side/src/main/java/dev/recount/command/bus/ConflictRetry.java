package dev.recount.command.bus;

import dev.recount.eventstore.read.StaleAggregateException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.modelling.command.ConcurrencyException;

/** A race that only the log's sequence numbers see: who loses it tries again on fresh state. */
public final class ConflictRetry {

    /** About a second: with five nodes at one issue, one command in a million would lose this often. */
    private static final int MAX_ATTEMPTS = 64;

    private static final int MAX_DOUBLINGS = 5;

    private ConflictRetry() {}

    /**
     * What the first attempt gives that loses no race.
     *
     * @param what is attempted, for the message
     * @throws ContendedException when the races do not end
     */
    public static <T> T untilWon(String what, Supplier<T> attempt) {
        for (int count = 1; ; count++) {
            try {
                return attempt.get();
            } catch (ConcurrencyException | StaleAggregateException | DeadlockException lost) {
                if (count == MAX_ATTEMPTS) {
                    throw new ContendedException(what + " lost every race", lost);
                }
                pause(count);
            }
        }
    }

    /** A moment of chance, so that two nodes that met do not meet again; longer from time to time. */
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
