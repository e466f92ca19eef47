package dev.recount.command.issue.axon;

import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueState;
import dev.recount.events.IssueEvent;
import dev.recount.eventstore.axon.SnapshotVerification;
import dev.recount.eventstore.serialization.StoredType;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;

/**
 * A second entry point of the module, for a process that checks snapshots without carrying out commands.
 *
 * <p>It must be registered by name. It is no {@code @Configuration}, so that the main entry point's scan skips it.
 */
public class IssueSnapshots {

    /** The stored name of snapshots. A new shape of {@link IssueState} needs a new revision. */
    static final StoredType SNAPSHOT = new StoredType("IssueSnapshot", 3, IssueState.class);

    @Bean
    StoredType issueSnapshot() {
        return SNAPSHOT;
    }

    /** Recomputes the snapshots of all issues from their events. */
    public static SnapshotVerification.Report verify(SnapshotVerification verification) {
        return verification.verify((state, event) -> fold((IssueState) state, event));
    }

    /** The state after an event of an issue, or the state in a snapshot. */
    static @Nullable IssueState fold(@Nullable IssueState state, DomainEventMessage<?> message) {
        return switch (message.getPayload()) {
            case IssueState snapshot -> snapshot;
            case IssueEvent event -> IssueEvolution.evolve(state, event, message.getTimestamp());
            default -> throw new IllegalStateException("Not an event of an issue: " + message.getPayloadType());
        };
    }
}
