package dev.recount.eventstore.read;

import dev.recount.eventstore.read.RecordedEvent.Form;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.UnreadableEventException;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** Upcasts an event to its current form without deserializing it. */
public final class CurrentForms {

    private final RecountSerializer serializer;
    private final EventUpcaster upcaster;

    public CurrentForms(RecountSerializer serializer, EventUpcaster upcaster) {
        this.serializer = serializer;
        this.upcaster = upcaster;
    }

    /**
     * The form of the event after all upcasters. An event of an unknown type stays unchanged.
     *
     * @throws UnreadableEventException if an upcaster fails
     */
    Form of(EventRow row, Form stored) {
        if (serializer.writes(stored.type(), stored.revision())) {
            return stored;
        }
        try {
            return upcast(row, stored);
        } catch (RuntimeException failure) {
            throw new UnreadableEventException(row.position(), failure.getMessage(), failure);
        }
    }

    private Form upcast(EventRow row, Form stored) {
        List<IntermediateEventRepresentation> upcast = upcaster.upcast(
                        Stream.of(new InitialEventRepresentation(row.tracked(), serializer)))
                .toList();
        if (upcast.size() != 1) {
            throw new IllegalStateException("upcasters made %d events of it".formatted(upcast.size()));
        }
        SerializedType type = upcast.getFirst().getType();
        int revision = Integer.parseInt(type.getRevision());
        if (type.getName().equals(stored.type()) && revision == stored.revision()) {
            return stored;
        }
        String payload = upcast.getFirst().getData(String.class).getData();
        // Upcasters may format JSON freely, but readers expect one line.
        return new Form(
                type.getName(),
                revision,
                serializer.getObjectMapper().readTree(payload).toString());
    }
}
