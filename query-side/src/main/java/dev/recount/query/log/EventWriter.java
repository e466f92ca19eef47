package dev.recount.query.log;

import dev.recount.eventstore.read.RecordedEvent;
import tools.jackson.core.JsonGenerator;

/** Writes an event as a JSON object. */
interface EventWriter {

    void write(RecordedEvent event, JsonGenerator json);
}
