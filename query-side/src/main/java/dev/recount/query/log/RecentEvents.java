package dev.recount.query.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The newest events in memory, without gaps, bounded in number and bytes; not thread-safe. */
final class RecentEvents {

    private final int mostEvents;
    private final long mostBytes;
    private final Deque<RecentEvent> events = new ArrayDeque<>();
    private long begin;
    private long end;
    private long bytes;

    RecentEvents(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /** Forgets everything, and continues after a position. */
    void restartAfter(long position) {
        events.clear();
        bytes = 0;
        begin = position;
        end = position;
    }

    /** The position of the newest event so far. */
    long end() {
        return end;
    }

    /** @throws IllegalArgumentException if it is not the next event */
    void add(RecentEvent event) {
        if (event.position() != end + 1) {
            throw new IllegalArgumentException("%d does not follow %d".formatted(event.position(), end));
        }
        events.addLast(event);
        end = event.position();
        bytes += event.size();
        while (events.size() > mostEvents || (bytes > mostBytes && events.size() > 1)) {
            var oldest = events.removeFirst();
            begin = oldest.position();
            bytes -= oldest.size();
        }
    }

    /** All events after a position in order; empty if the remembered ones begin later. */
    Optional<List<RecentEvent>> after(long position) {
        if (position < begin) {
            return Optional.empty();
        }
        var found = new ArrayList<RecentEvent>();
        // Searched from the newest backwards: a listener that keeps up needs only the last few of thousands.
        var newestFirst = events.descendingIterator();
        while (newestFirst.hasNext()) {
            var event = newestFirst.next();
            if (event.position() <= position) {
                break;
            }
            found.add(event);
        }
        return Optional.of(found.reversed());
    }
}
