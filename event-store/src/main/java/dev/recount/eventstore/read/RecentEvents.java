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
 * The tail of the log in memory, without gaps: readers that keep up share it and read each event once for all.
 *
 * <p>Bounded in events and in bytes; who is further behind asks the database.
 */
public final class RecentEvents {

    private static final int MAX_EVENTS = 4_096;

    private static final long MAX_CHARS = 16 << 20;

    private record Entry(long position, TrackedEventMessage<?> message, long chars) {}

    private final Deque<Entry> tail = new ArrayDeque<>();
    private long chars;

    /** Events that do not follow on the newest known one (another node wrote between) start the tail anew. */
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

    /** What is kept may be of another log than the one that there is now. */
    public synchronized void clear() {
        tail.clear();
        chars = 0;
    }

    /**
     * The event without the JSON that it remembers once it has been written, which is the larger part of it: so what
     * readers share is small enough to go with the young objects of the heap.
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

    /** The events right after {@code position}, or nothing where the tail begins later. */
    synchronized Optional<List<TrackedEventMessage<?>>> after(long position, int limit) {
        if (tail.isEmpty()
                || tail.getFirst().position() > position + 1
                || tail.getLast().position() <= position) {
            return Optional.empty();
        }
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        // From the newest backwards: a reader that keeps up wants the last few of thousands.
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
