package dev.recount.eventstore.axon;

import dev.recount.eventstore.read.LogSignal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of the log from one position on. Confined to one thread at a time.
 *
 * <p>It calls back when events become available, so that a processor does not poll.
 */
final class LogStream implements BlockingStream<TrackedEventMessage<?>> {

    private final LongFunction<List<TrackedEventMessage<?>>> readAfter;
    private final LogSignal signal;
    private final Queue<TrackedEventMessage<?>> read = new ArrayDeque<>();
    private long position;
    private @Nullable Runnable unsubscribe;

    LogStream(long position, LongFunction<List<TrackedEventMessage<?>>> readAfter, LogSignal signal) {
        this.position = position;
        this.readAfter = readAfter;
        this.signal = signal;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return available() ? Optional.ofNullable(read.peek()) : Optional.empty();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        if (available()) {
            return true;
        }
        if (timeout <= 0) {
            return false;
        }
        CountDownLatch grown = new CountDownLatch(1);
        Runnable cancel = signal.subscribe(grown::countDown);
        try {
            // Check again after subscribing: events that arrived in between gave no signal.
            return available() || (grown.await(timeout, unit) && available());
        } finally {
            cancel.run();
        }
    }

    private boolean available() {
        if (read.isEmpty() && signal.knownHead() > position) {
            read.addAll(readAfter.apply(position));
        }
        return !read.isEmpty();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        TrackedEventMessage<?> next = read.remove();
        position = next.trackingToken().position().orElseThrow();
        return next;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        close();
        unsubscribe = signal.subscribe(callback);
        if (signal.knownHead() > position) {
            callback.run();
        }
        return true;
    }

    @Override
    public void close() {
        if (unsubscribe != null) {
            unsubscribe.run();
            unsubscribe = null;
        }
    }
}
