package dev.recount.command.bus;

import dev.recount.events.RecountEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Creates the first events of streams. If two appends begin the same stream, the log refuses the second. */
public final class FirstEvent {

    private FirstEvent() {}

    /** @param kind the prefix of the stream's name */
    public static DomainEventMessage<?> of(String kind, String stream, RecountEvent event) {
        return new GenericDomainEventMessage<>(kind, stream, 0, event);
    }
}
