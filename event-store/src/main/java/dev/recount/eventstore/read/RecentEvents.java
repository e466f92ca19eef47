package dev.recount.eventstore.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * A gapless in-memory tail of the log. Readers that keep up share it, so that each event is read once for all of them.
 *
 * <p>Bounded in events and in bytes. Readers that are further behind read from the database.
 */
public final class RecentEvents {

    private static final int MAX_EVENTS = 4_096;

    private static final long MAX_CHARS = 16 << 20;

    private record Entry(long position, TrackedEventMessage<?> message, long chars) {}

    private final Deque<Entry> tail = new ArrayDeque<>();
    private long chars;

    /**
     * Appends an event to the tail. If it does not follow the newest known event, because another node wrote in
     * between, the tail restarts.
     */
    public synchronized void add(long position, DomainEventMessage<?> event, long payloadChars) {
        if (!tail.isEmpty()) {
            long newest = tail.getLast().position();
            if (position <= newest) {
                return;
            }
            if (position != newest + 1) {
                tail.clear();
                chars = 0;
            }
        }
        tail.addLast(new Entry(position, tracked(position, event), payloadChars));
        chars += payloadChars;
        while (tail.size() > MAX_EVENTS || (chars > MAX_CHARS && tail.size() > 1)) {
            chars -= tail.removeFirst().chars();
        }
    }

    /** Clears the tail, whose events may belong to a log that was replaced. */
    public synchronized void clear() {
        tail.clear();
        chars = 0;
    }

    /**
     * Copies the event without the JSON that it caches when written, the larger part of its size. So the shared events
     * are small enough to be collected with the heap's young generation.
     */
    private static TrackedEventMessage<?> tracked(long position, DomainEventMessage<?> event) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>(
                        event.getType(),
                        event.getAggregateIdentifier(),
                        event.getSequenceNumber(),
                        event.getPayload(),
                        event.getMetaData(),
                        event.getIdentifier(),
                        event.getTimestamp()));
    }

    /** The events right after {@code position}, or empty if the tail begins later. */
    synchronized Optional<List<TrackedEventMessage<?>>> after(long position, int limit) {
        if (tail.isEmpty()
                || tail.getFirst().position() > position + 1
                || tail.getLast().position() <= position) {
            return Optional.empty();
        }
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        // Search backwards from the newest: a reader that keeps up needs only the last few of thousands.
        Iterator<Entry> newestFirst = tail.descendingIterator();
        while (newestFirst.hasNext()) {
            Entry entry = newestFirst.next();
            if (entry.position() <= position) {
                break;
            }
            events.add(entry.message());
        }
        List<TrackedEventMessage<?>> inOrder = events.reversed();
        return Optional.of(List.copyOf(inOrder.subList(0, Math.min(limit, inOrder.size()))));
    }
}
