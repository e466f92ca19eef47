package dev.recount.query.log;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.read.RecordedEvent;
import dev.recount.web.ClientPace;
import dev.recount.web.HeapBudget;
import dev.recount.web.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads events for clients, a few clients at a time. So any number of clients leaves processors, memory and connections
 * to other requests. Events that were read count towards the memory for large responses until they are sent. No
 * connection is held while they are sent.
 */
@Component
final class EventReads {

    /** Payload characters in one part of a response that is sent in parts. */
    static final long SMALL_PART = 32 << 10;

    /** Payload characters in a response that is sent as a whole. */
    static final long LARGE_PART = 4 << 20;

    /** In bytes; smaller amounts are not counted. */
    private static final int UNCOUNTED = 16 << 10;

    /** Heap that a large part may use, in bytes, while it is read and encoded. */
    private static final long FOOTPRINT = 32 << 20;

    private static final int SHARE_OF_HEAP = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HeapBudget heap;
    private final Semaphore turns = new Semaphore(turns(), true);

    private volatile @Nullable Outage outage;

    private record Outage(LogUnavailableException failure, long at) {}

    EventReads(HeapBudget heap) {
        this.heap = heap;
    }

    /**
     * Encoded events; to be closed when they have been sent.
     *
     * @param upTo position after which to continue
     */
    record Batch<T>(List<T> events, long upTo, HeapBudget.Share share) implements AutoCloseable {

        @Override
        public void close() {
            share.close();
        }
    }

    /** The range to read. */
    record Extent(long after, int limit, long mostChars) {}

    /**
     * Reads a part for a client.
     *
     * @param size bytes of an encoded event
     */
    <T> Batch<T> read(
            EventSource source,
            Extent extent,
            Function<RecordedEvent, T> form,
            ToLongFunction<T> size,
            ClientPace client)
            throws InterruptedException {
        var reading = new Reading<>(source, extent, form, size, client);
        try {
            var batch = reading.inTurn();
            while (batch == null) {
                reading.waitForRoom();
                batch = reading.inTurn();
            }
            return batch;
        } catch (RuntimeException | InterruptedException failed) {
            reading.share.close();
            throw failed;
        }
    }

    /** The attempts to read a part for one client. */
    private final class Reading<T> {

        private final EventSource source;
        private final Extent extent;
        private final Function<RecordedEvent, T> form;
        private final ToLongFunction<T> size;
        private final ClientPace client;
        private HeapBudget.Share share;
        private long needed;

        private Reading(
                EventSource source,
                Extent extent,
                Function<RecordedEvent, T> form,
                ToLongFunction<T> size,
                ClientPace client) {
            this.source = source;
            this.extent = extent;
            this.form = form;
            this.size = size;
            this.client = client;
            this.share = heap.take(0, client);
        }

        /**
         * Null if there is no memory for the events that were read. They are discarded, so that waiting for memory
         * holds neither events nor a turn.
         */
        private @Nullable Batch<T> inTurn() throws InterruptedException {
            var asked = System.nanoTime();
            takeTurn();
            try {
                throwIfFailedSince(asked);
                var part = source.after(extent.after(), extent.limit(), extent.mostChars());
                var events = part.events().stream().map(form).toList();
                needed = counted(events.stream().mapToLong(size).sum());
                if (!share.isEnoughFor(needed)) {
                    var room = heap.takeNow(needed, client);
                    if (room.isEmpty()) {
                        return null;
                    }
                    share.close();
                    share = room.get();
                }
                share.shrinkTo(needed);
                return new Batch<>(events, part.upTo(), share);
            } catch (LogUnavailableException failed) {
                outage = new Outage(failed, System.nanoTime());
                throw failed;
            } finally {
                turns.release();
            }
        }

        private void waitForRoom() {
            share.close();
            share = heap.take(needed, client);
        }
    }

    /** Requests that wait for a turn fail together. Otherwise each would wait for the timeouts of all before it. */
    private void throwIfFailedSince(long asked) {
        var last = outage;
        if (last != null && last.at() - asked > 0) {
            throw last.failure();
        }
    }

    private void takeTurn() throws InterruptedException {
        if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ProblemType.OVERLOADED
                    .problem("Too many clients read the log; try again.")
                    .retryAfter(Duration.ofSeconds(1))
                    .exception();
        }
    }

    private static long counted(long bytes) {
        return bytes > UNCOUNTED ? bytes : 0;
    }

    private static int turns() {
        var runtime = Runtime.getRuntime();
        var processors = runtime.availableProcessors() / 2;
        return (int) Math.max(1, Math.min(processors, runtime.maxMemory() / SHARE_OF_HEAP / FOOTPRINT));
    }
}
