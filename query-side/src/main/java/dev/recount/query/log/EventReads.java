package dev.recount.query.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.read.RecordedEvent;
import dev.recount.web.ClientPace;
import dev.recount.web.HeapBudget;
import dev.recount.web.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
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

    private static final int BESIDES_TEXTS = 512;

    /** In bytes, of lines that were read and encoded lately. */
    private static final long MOST_RECENT = 4 << 20;

    private static final Duration RECENT = Duration.ofSeconds(30);

    private final HeapBudget heap;
    private final EventJson json;
    private final Supplier<String> identity;
    private final Semaphore turns = new Semaphore(turns(), true);

    /** Parts of the log as lines, for clients that read the same. The events of a log never change. */
    private final Cache<Recent, Part<EventLine>> recent = Caffeine.newBuilder()
            .maximumWeight(MOST_RECENT)
            .weigher((Recent _, Part<EventLine> part) -> (int) Math.min(MOST_RECENT, part.bytes()))
            .expireAfterWrite(RECENT)
            .executor(Runnable::run)
            .build();

    private volatile @Nullable Outage outage;

    private record Outage(LogUnavailableException failure, long at) {}

    @Autowired
    EventReads(HeapBudget heap, EventJson json, LogIdentity identity) {
        this(heap, json, identity::token);
    }

    /** @param identity that of the log */
    EventReads(HeapBudget heap, EventJson json, Supplier<String> identity) {
        this.heap = heap;
        this.json = json;
        this.identity = identity;
    }

    /**
     * Events of a part; to be closed when they have been sent.
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

    /** @param identity of the log before the range was read; after a restore, nothing of the former log is found */
    private record Recent(String identity, Extent extent) {}

    /** @param bytes that the events use in memory */
    private record Part<T>(List<T> events, long upTo, long bytes) {}

    private interface PartReader<T> {
        Part<T> read();
    }

    /** Reads a part as lines for a client, from memory if another client has just read the same. */
    Batch<EventLine> readLines(EventSource source, Extent extent, ClientPace client) throws InterruptedException {
        var known = recent(source, new Recent(identity.get(), extent));
        return known == null
                ? read(() -> lines(source, extent), client)
                : new Batch<>(known.events(), known.upTo(), heap.take(counted(known.bytes()), client));
    }

    /** Reads a part for a client. */
    Batch<RecordedEvent> read(EventSource source, Extent extent, ClientPace client) throws InterruptedException {
        return read(
                () -> {
                    var part = source.after(extent.after(), extent.limit(), extent.mostChars());
                    var bytes =
                            part.events().stream().mapToLong(EventReads::size).sum();
                    return new Part<>(part.events(), part.upTo(), bytes);
                },
                client);
    }

    private @Nullable Part<EventLine> recent(EventSource source, Recent key) {
        var known = source.isWholeLog() ? recent.getIfPresent(key) : null;
        return known != null && known.upTo() < source.end() ? known : null;
    }

    /** Looks again, because another client may have read the part while this one waited for its turn. */
    private Part<EventLine> lines(EventSource source, Extent extent) {
        var key = new Recent(identity.get(), extent);
        var known = recent(source, key);
        if (known != null) {
            return known;
        }
        var read = source.after(extent.after(), extent.limit(), extent.mostChars());
        var lines = read.events().stream()
                .map(event -> new EventLine(event.position(), json.of(event)))
                .toList();
        var bytes = lines.stream().mapToLong(EventLine::size).sum();
        var part = new Part<>(lines, read.upTo(), bytes);
        if (source.isWholeLog() && part.upTo() < source.end()) {
            recent.put(key, part);
        }
        return part;
    }

    private <T> Batch<T> read(PartReader<T> reader, ClientPace client) throws InterruptedException {
        var reading = new Reading<>(reader, client);
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

        private final PartReader<T> reader;
        private final ClientPace client;
        private HeapBudget.Share share;
        private long needed;

        private Reading(PartReader<T> reader, ClientPace client) {
            this.reader = reader;
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
                var part = reader.read();
                needed = counted(part.bytes());
                if (!share.isEnoughFor(needed)) {
                    var room = heap.takeNow(needed, client);
                    if (room.isEmpty()) {
                        return null;
                    }
                    share.close();
                    share = room.get();
                }
                share.shrinkTo(needed);
                return new Batch<>(part.events(), part.upTo(), share);
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

    /** Approximate memory of an event in bytes: its texts, the metadata by key, and some objects. */
    private static long size(RecordedEvent event) {
        return BESIDES_TEXTS
                + 2L * event.stored().payload().length()
                + 4L * event.metadata().length();
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
