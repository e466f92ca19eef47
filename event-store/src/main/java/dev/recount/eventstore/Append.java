package dev.recount.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * Events that go into the log together or not at all; {@code done} gives the position before the first of them.
 *
 * @param messages the events for readers in this process; none where those are to read the database
 * @param leaves the events' hashes in the tree
 */
record Append(
        List<DomainEventMessage<?>> messages,
        List<StoredEvent> events,
        List<byte[]> leaves,
        CompletableFuture<Long> done) {

    /** Hashes the events, in this thread: the appender has only one. */
    Append(List<DomainEventMessage<?>> messages, List<StoredEvent> events) {
        this(messages, events, StoredEvent.leaves(events), new CompletableFuture<>());
    }

    int size() {
        return events.size();
    }
}
