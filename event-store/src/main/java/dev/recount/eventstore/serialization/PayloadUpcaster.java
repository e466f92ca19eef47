package dev.recount.eventstore.serialization;

import dev.recount.events.EventType;
import java.util.function.Consumer;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Upcasts the payload of one event type from one revision to the next. */
final class PayloadUpcaster extends SingleEventUpcaster {

    private final SerializedType from;
    private final SerializedType to;
    private final Consumer<ObjectNode> change;

    /** @param revision the revision that {@code change} leads to */
    PayloadUpcaster(EventType type, int revision, Consumer<ObjectNode> change) {
        this.from = new SimpleSerializedType(type.storedName(), Integer.toString(revision - 1));
        this.to = new SimpleSerializedType(type.storedName(), Integer.toString(revision));
        this.change = change;
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(from);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(to, JsonNode.class, payload -> {
            change.accept((ObjectNode) payload);
            return payload;
        });
    }
}
