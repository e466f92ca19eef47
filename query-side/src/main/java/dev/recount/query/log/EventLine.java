package dev.recount.query.log;

import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;

/** An event with the line of JSON that everybody who listens is sent. */
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

    /** Bytes of the line. */
    int length() {
        return line.length;
    }

    /** Bytes of memory, about: the line is about as long as what it was written from. */
    long size() {
        return 2L * line.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(line);
    }
}
