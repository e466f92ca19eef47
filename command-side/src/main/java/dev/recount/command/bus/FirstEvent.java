package dev.recount.command.bus;

import dev.recount.events.RecountEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Begins streams; of two that begin the same one, the log refuses the second. */
public final class FirstEvent {

    private FirstEvent() {}

    /** @param kind what the stream's name begins with */
    public static DomainEventMessage<?> of(String kind, String stream, RecountEvent event) {
        return new GenericDomainEventMessage<>(kind, stream, 0, event);
    }
}
