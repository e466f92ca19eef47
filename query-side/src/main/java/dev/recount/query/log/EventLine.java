package dev.recount.query.log;

import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;

/** An event with its line of JSON, shared by all listeners. */
final class EventLine {

    private final RecordedEvent event;
    private final byte[] line;

    EventLine(RecordedEvent event, EventJson json) {
        this.event = event;
        this.line = json.of(event);
    }

    long position() {
        return event.position();
    }

    boolean passes(EventFilter filter) {
        return filter.matches(event);
    }

    /** Length of the line in bytes. */
    int length() {
        return line.length;
    }

    /** Approximate memory in bytes: the line is about as long as its source. */
    long size() {
        return 2L * line.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(line);
    }
}
