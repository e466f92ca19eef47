package dev.recount.eventstore.serialization;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;

/** A row of the log in the form that Axon's upcasters and deserialization expect. */
public record EventRow(long position, StoredEvent event) implements DomainEventData<String> {

    public TrackedDomainEventData<String> tracked() {
        return new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(position), this);
    }

    @Override
    public String getEventIdentifier() {
        return event.eventId().toString();
    }

    @Override
    public Instant getTimestamp() {
        return event.recordedAt();
    }

    @Override
    public SerializedObject<String> getMetaData() {
        return new SerializedMetaData<>(event.metadata(), String.class);
    }

    @Override
    public SerializedObject<String> getPayload() {
        return new SimpleSerializedObject<>(
                event.payload(), String.class, event.type(), Integer.toString(event.revision()));
    }

    /** The stream's kind: the part of its name before the first hyphen. */
    @Override
    public String getType() {
        return kindOf(event.stream());
    }

    @Override
    public String getAggregateIdentifier() {
        return event.stream();
    }

    @Override
    public long getSequenceNumber() {
        return event.sequence();
    }

    static String kindOf(String stream) {
        int hyphen = stream.indexOf('-');
        return hyphen < 0 ? stream : stream.substring(0, hyphen);
    }
}
