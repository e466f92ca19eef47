package dev.recount.query.log;

import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.RecordedEvents;
import dev.recount.query.responses.EventStreams;
import dev.recount.web.ClientPace;
import dev.recount.web.HeapBudget;
import dev.recount.web.LogPositions;
import dev.recount.web.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends a listener each event after a position, once and in order, for as long as it listens. */
@Component
final class EventSubscriptions {

    /** Maximum time between two writes: a disconnected client is detected only by a failed write. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    /** Under load events are sent in groups, so that the cost of a listener does not grow with the rate of events. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int READ_AT_ONCE = 128;

    private final LogTail tail;
    private final RecordedEvents events;
    private final EventLog log;
    private final EventReads reads;
    private final HeapBudget heap;
    private final EventStreams streams;
    private final LogPositions positions;

    EventSubscriptions(
            LogTail tail,
            RecordedEvents events,
            EventLog log,
            EventReads reads,
            HeapBudget heap,
            EventStreams streams,
            LogPositions positions) {
        this.positions = positions;
        this.tail = tail;
        this.heap = heap;
        this.reads = reads;
        this.events = events;
        this.log = log;
        this.streams = streams;
    }

    /** Receives events. */
    interface Listener {

        /** Sends the next events. */
        void tell(List<EventLine> events) throws IOException;

        /** Sends that there are no other events up to a position: at the start, and after some time without events. */
        void tellOfNone(long upTo) throws IOException;

        /** Ends the subscription with the reason. */
        void refuse(Problem problem) throws IOException;
    }

    /**
     * The next events that pass the filter, of all events up to a position.
     *
     * @param more whether later events are known to exist
     */
    private record Next(List<EventLine> events, long upTo, boolean more, HeapBudget.Share share)
            implements AutoCloseable {

        @Override
        public void close() {
            share.close();
        }
    }

    /**
     * Sends events until the node stops or the log is replaced by another one. Ends earlier only if the listener or the
     * log throws.
     *
     * @param identity identity of the log to which {@code after} belongs
     */
    void tell(long after, String identity, EventFilter filter, ClientPace client, Listener listener)
            throws IOException, InterruptedException {
        try (var reading = new Reading(filter, client)) {
            var position = after;
            listener.tellOfNone(position);
            var toldAt = System.nanoTime();
            var pause = Duration.ZERO;
            while (streams.goOnAfter(pause)) {
                try (var next = reading.after(position)) {
                    if (!positions.log().equals(identity)) {
                        listener.refuse(positions.otherLog("after", position + "@" + identity));
                        return;
                    }
                    var silence = Duration.ofNanos(System.nanoTime() - toldAt);
                    pause = Duration.ZERO;
                    if (!next.events().isEmpty()) {
                        listener.tell(next.events());
                        toldAt = System.nanoTime();
                        pause = next.more() ? Duration.ZERO : PAUSE;
                    } else if (silence.compareTo(LONGEST_SILENCE) >= 0) {
                        listener.tellOfNone(next.upTo());
                        toldAt = System.nanoTime();
                    } else if (next.upTo() == position) {
                        tail.await(position, LONGEST_SILENCE.minus(silence));
                    }
                    position = next.upTo();
                }
            }
        }
    }

    /** Reads for one listener, which joins the listeners of the tail when it has caught up with the log. */
    private final class Reading implements AutoCloseable {

        private final EventFilter filter;
        private final ClientPace client;
        private LogTail.@Nullable Listening listening;

        private Reading(EventFilter filter, ClientPace client) {
            this.filter = filter;
            this.client = client;
        }

        private Next after(long position) throws InterruptedException {
            if (listening != null) {
                var recent = tail.after(position);
                if (recent.isPresent()) {
                    return recent(recent.get(), position);
                }
            }
            var next = fromLog(position);
            if (listening == null && !next.more()) {
                listening = tail.listen();
            }
            return next;
        }

        /** All listeners share these events, but a slow client would keep them in memory. */
        private Next recent(List<RecentEvent> recent, long position) {
            var first = new ArrayList<RecentEvent>();
            var bytes = 0L;
            for (var event : recent) {
                if (first.size() == READ_AT_ONCE || bytes > EventReads.SMALL_PART) {
                    break;
                }
                first.add(event);
                bytes += event.size();
            }
            return new Next(
                    first.stream()
                            .filter(told -> told.passes(filter))
                            .map(RecentEvent::line)
                            .toList(),
                    first.isEmpty() ? position : first.getLast().position(),
                    first.size() < recent.size(),
                    heap.take(bytes > 4 * EventReads.SMALL_PART ? bytes : 0, client));
        }

        private Next fromLog(long position) throws InterruptedException {
            var head = log.head();
            var extent = new EventReads.Extent(position, READ_AT_ONCE, EventReads.SMALL_PART);
            var batch = reads.readLines(EventSource.log(events, head, filter), extent, client);
            return new Next(batch.events(), batch.upTo(), batch.upTo() < head, batch.share());
        }

        @Override
        public void close() {
            if (listening != null) {
                listening.close();
            }
        }
    }
}
