package dev.recount.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.DomainEventMessage;

/** Events that go into the log together or not at all; {@code done} gives the position before the first of them. */
record Append(List<DomainEventMessage<?>> messages, List<StoredEvent> events, CompletableFuture<Long> done) {

    Append(List<DomainEventMessage<?>> messages, List<StoredEvent> events) {
        this(messages, events, new CompletableFuture<>());
    }

    int size() {
        return events.size();
    }
}
