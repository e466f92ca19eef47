package dev.recount.eventstore.serialization;

import dev.recount.events.EventType;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upcasts {@code IssueCreated} from revision 1 to 2. Revision 1 has no labels, because an issue could not be created
 * with any.
 */
public final class IssueCreatedUpcaster extends SingleEventUpcaster {

    private static final SerializedType WITHOUT_LABELS = revision("1");
    private static final SerializedType WITH_LABELS = revision("2");

    private static SerializedType revision(String revision) {
        return new SimpleSerializedType(EventType.ISSUE_CREATED.storedName(), revision);
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(WITHOUT_LABELS);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(WITH_LABELS, JsonNode.class, IssueCreatedUpcaster::withLabels);
    }

    private static JsonNode withLabels(JsonNode payload) {
        ((ObjectNode) payload).putArray("labels");
        return payload;
    }
}
