package dev.recount.query.log;

import dev.recount.events.EventMetadata;
import dev.recount.eventstore.read.RecordedEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/**
 * Writes an event in the JSON format of CloudEvents 1.0, with its data in the current revision.
 *
 * <p>{@code sequence} is the extension of that name: the position, padded with zeros so that text order is log order.
 * The other extensions are specific to Recount.
 */
@Component
final class CloudEventJson implements EventWriter {

    @Override
    public void write(RecordedEvent event, JsonGenerator json) {
        var current = event.current();
        json.writeStartObject();
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("id", event.eventId().toString());
        json.writeStringProperty("source", "urn:recount:log");
        json.writeStringProperty("type", "dev.recount." + current.type());
        json.writeStringProperty("subject", event.stream());
        json.writeStringProperty("time", event.recordedAt().toString());
        json.writeStringProperty("sequence", "%019d".formatted(event.position()));
        json.writeNumberProperty("streamsequence", event.sequence());
        writeKnown(json, "actor", event.noted(EventMetadata.ACTOR));
        writeKnown(json, "requestid", event.noted(EventMetadata.REQUEST_ID));
        writeKnown(json, "causation", event.noted(EventMetadata.CAUSATION));
        writeKnown(json, "idempotencykey", event.noted(EventMetadata.IDEMPOTENCY_KEY));
        json.writeStringProperty("datacontenttype", "application/json");
        json.writeStringProperty("dataschema", "urn:recount:event:%s:%d".formatted(current.type(), current.revision()));
        json.writeName("data");
        json.writeRawValue(current.payload());
        json.writeEndObject();
    }

    /** CloudEvents requires that an attribute without a value is omitted. */
    private static void writeKnown(JsonGenerator json, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }
}
