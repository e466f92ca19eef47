package dev.recount.query.projection;

import dev.recount.events.EventMetadata;
import dev.recount.events.RecountEvent;
import dev.recount.eventstore.scan.ScannedEvent;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** An event with its position in the log, its sequence in the stream, and its metadata. */
public record LoggedEvent(
        long position, String stream, long sequence, RecountEvent event, Instant at, Map<String, ?> metadata) {

    /** @throws IllegalArgumentException if the message was not read from the log */
    public static LoggedEvent of(EventMessage<?> message) {
        if (message instanceof TrackedEventMessage<?> tracked
                && message instanceof DomainEventMessage<?> inStream
                && message.getPayload() instanceof RecountEvent event) {
            var position = tracked.trackingToken().position().orElseThrow();
            return new LoggedEvent(
                    position,
                    inStream.getAggregateIdentifier(),
                    inStream.getSequenceNumber(),
                    event,
                    message.getTimestamp(),
                    message.getMetaData());
        }
        throw new IllegalArgumentException("no event of the log: " + message);
    }

    public static LoggedEvent of(ScannedEvent scanned) {
        return new LoggedEvent(
                scanned.position(),
                scanned.stream(),
                scanned.sequence(),
                scanned.event(),
                scanned.at(),
                scanned.metadata());
    }

    /** Id of the user who caused the event, null if none was named. */
    public @Nullable Long actor() {
        return metadata.get(EventMetadata.ACTOR) instanceof String id ? Long.valueOf(id) : null;
    }
}
