package dev.recount.command.issue.axon;

import dev.recount.command.issue.IssueState;
import java.util.concurrent.Executor;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.AbstractSnapshotter;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Stores snapshots of issues with long histories. Each is folded from the log again, in a separate thread. */
final class IssueSnapshotter extends AbstractSnapshotter {

    IssueSnapshotter(EventStore store, Executor executor) {
        super(new Builder() {}.eventStore(store).executor(executor));
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    protected @Nullable DomainEventMessage createSnapshot(
            Class<?> aggregateType, String stream, DomainEventStream events) {
        IssueState state = null;
        DomainEventMessage<?> last = null;
        while (events.hasNext()) {
            last = events.next();
            state = IssueSnapshots.fold(state, last);
        }
        return state == null || last == null
                ? null
                : new GenericDomainEventMessage<>(last.getType(), stream, last.getSequenceNumber(), state);
    }
}
