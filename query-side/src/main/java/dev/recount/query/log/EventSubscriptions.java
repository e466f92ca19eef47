package dev.recount.query.log;

import dev.recount.eventstore.EventFilter;
import dev.recount.eventstore.EventLog;
import dev.recount.eventstore.RecordedEvents;
import dev.recount.query.http.EventStreams;
import dev.recount.web.LogPositions;
import dev.recount.web.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells who listens each event after a position once and in order, for as long as he listens. */
@Component
final class EventSubscriptions {

    /** Who has gone is noticed only by writing to him. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    /** Under load events go out in groups, so that each listener costs little however many are appended. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int READ_AT_ONCE = 500;

    private final LogTail tail;
    private final RecordedEvents events;
    private final EventLog log;
    private final EventJson json;
    private final EventStreams streams;
    private final LogPositions positions;

    EventSubscriptions(
            LogTail tail,
            RecordedEvents events,
            EventLog log,
            EventJson json,
            EventStreams streams,
            LogPositions positions) {
        this.positions = positions;
        this.tail = tail;
        this.events = events;
        this.log = log;
        this.json = json;
        this.streams = streams;
    }

    /** One who listens. */
    interface Listener {

        /** These events are the next. */
        void tell(List<ToldEvent> events) throws IOException;

        /** There are no others up to a position: said at the beginning, and when there have been none for a while. */
        void tellOfNone(long upTo) throws IOException;

        /** There is nothing to tell any more, and why. */
        void refuse(Problem problem) throws IOException;
    }

    /** What is next: those that pass the filter, of all up to a position. */
    private record Next(List<ToldEvent> events, long upTo) {}

    /**
     * Returns when the node stops, or when the log is another one; it ends earlier only when the listener or the log throws.
     *
     * @param identity of the log that {@code after} is a position of
     */
    void tell(long after, String identity, EventFilter filter, Listener listener)
            throws IOException, InterruptedException {
        try (var _ = tail.listen()) {
            var position = after;
            listener.tellOfNone(position);
            var toldAt = System.nanoTime();
            var pause = Duration.ZERO;
            while (streams.goOnAfter(pause)) {
                var next = next(position, filter);
                if (!positions.log().equals(identity)) {
                    listener.refuse(positions.otherLog("after", position + "@" + identity));
                    return;
                }
                var silence = Duration.ofNanos(System.nanoTime() - toldAt);
                pause = Duration.ZERO;
                if (!next.events().isEmpty()) {
                    listener.tell(next.events());
                    toldAt = System.nanoTime();
                    pause = PAUSE;
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

    private Next next(long position, EventFilter filter) {
        return tail.after(position)
                .map(recent -> new Next(
                        recent.stream().filter(told -> told.passes(filter)).toList(),
                        recent.isEmpty() ? position : recent.getLast().position()))
                .orElseGet(() -> read(position, filter));
    }

    private Next read(long position, EventFilter filter) {
        var part = events.read(position, log.head(), filter, READ_AT_ONCE);
        return new Next(
                part.events().stream().map(event -> new ToldEvent(event, json)).toList(), part.upTo());
    }
}
