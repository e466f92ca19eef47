package dev.recount.query.log;

import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.RecordedEvent;
import dev.recount.eventstore.read.RecordedEvents;
import dev.recount.eventstore.read.RecordedEvents.Part;
import java.util.List;

/** Events in the order of the log or of a stream; the place of an event is its position or its sequence. */
interface EventSource {

    /**
     * Reads events after a place: at most {@code limit}, and possibly fewer or none before the end. {@link Part#upTo}
     * is a place, too.
     *
     * @param mostChars payload characters after which the part ends
     */
    Part after(long place, int limit, long mostChars);

    /** The last place at the time when the source was created. */
    long end();

    /** Whether these are all events of the log, so that all such sources are alike. */
    default boolean isWholeLog() {
        return false;
    }

    static EventSource log(RecordedEvents events, long head, EventFilter filter) {
        return new EventSource() {
            @Override
            public Part after(long place, int limit, long mostChars) {
                return events.read(place, head, filter, limit, mostChars);
            }

            @Override
            public long end() {
                return head;
            }

            @Override
            public boolean isWholeLog() {
                return filter.equals(EventFilter.NONE);
            }
        };
    }

    static EventSource stream(RecordedEvents events, String stream, long lastSequence) {
        return new EventSource() {
            @Override
            public Part after(long place, int limit, long mostChars) {
                var found = place < lastSequence
                        ? events.readStream(stream, place, limit, mostChars)
                        : List.<RecordedEvent>of();
                return new Part(found, found.isEmpty() ? place : found.getLast().sequence());
            }

            @Override
            public long end() {
                return lastSequence;
            }
        };
    }
}
