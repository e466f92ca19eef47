package dev.recount.query.log;

import dev.recount.events.EventMetadata;
import dev.recount.eventstore.read.RecordedEvent;
import dev.recount.web.PathId;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes an event as JSON with everything that the log stores about it. */
@Component
final class EventJson implements EventWriter {

    private static final int BESIDES_PAYLOADS = 512;

    private final JsonMapper mapper;

    EventJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The event as one line, without the line's end. */
    byte[] of(RecordedEvent event) {
        var out = new ByteArrayOutputStream(
                BESIDES_PAYLOADS + 2 * event.stored().payload().length());
        try (var json = mapper.createGenerator(out)) {
            write(event, json);
        }
        return out.toByteArray();
    }

    @Override
    public void write(RecordedEvent event, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("position", event.position());
        json.writeStringProperty("stream", event.stream());
        json.writeNumberProperty("sequence", event.sequence());
        json.writeStringProperty("event_id", event.eventId().toString());
        json.writeStringProperty("recorded_at", event.recordedAt().toString());
        writeOrigin(json, event);
        writeForm(json, event.stored());
        json.writeObjectPropertyStart("current");
        writeForm(json, event.current());
        json.writeEndObject();
        json.writeName("metadata");
        json.writeRawValue(event.metadata());
        json.writeEndObject();
    }

    private static void writeForm(JsonGenerator json, RecordedEvent.Form form) {
        json.writeStringProperty("type", form.type());
        json.writeNumberProperty("revision", form.revision());
        json.writeName("payload");
        json.writeRawValue(form.payload());
    }

    private static void writeOrigin(JsonGenerator json, RecordedEvent event) {
        var actor = event.noted(EventMetadata.ACTOR);
        var id = actor == null ? null : PathId.parse(actor);
        if (id != null && id.isPresent()) {
            json.writeNumberProperty("actor", id.getAsLong());
        } else {
            json.writeNullProperty("actor");
        }
        writeText(json, "request_id", event.noted(EventMetadata.REQUEST_ID));
        writeText(json, "causation", event.noted(EventMetadata.CAUSATION));
        writeText(json, "idempotency_key", event.noted(EventMetadata.IDEMPOTENCY_KEY));
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) {
        if (text == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, text);
        }
    }
}
