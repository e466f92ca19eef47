package dev.recount.query.log;

import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.RecordedEvent;

/** An event with its line, shared by all listeners. */
final class RecentEvent {

    private final RecordedEvent event;
    private final EventLine line;

    RecentEvent(RecordedEvent event, EventJson json) {
        this.event = event;
        this.line = new EventLine(event.position(), json.of(event));
    }

    long position() {
        return event.position();
    }

    boolean passes(EventFilter filter) {
        return filter.matches(event);
    }

    /** Approximate memory in bytes: the line is about as long as its source. */
    long size() {
        return 2 * line.size();
    }

    EventLine line() {
        return line;
    }
}
