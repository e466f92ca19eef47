package dev.recount.command.issue.axon;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.recount.command.bus.EventClock;
import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueCommand.WithdrawIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueOutcome.Refused;
import dev.recount.command.issue.IssueState;
import dev.recount.events.IssueEvent;
import dev.recount.events.StreamName;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The issue as an Axon aggregate. {@link IssueDecider} makes all its decisions. */
@Aggregate(repository = "issueRepository", commandTargetResolver = "issueTarget")
public class IssueAggregate {

    private static final long NO_EVENT = -1;

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable IssueState state;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    IssueOutcome handle(CreateIssue command) {
        return carryOut(decide(command));
    }

    @CommandHandler
    IssueOutcome handle(EditIssue command) {
        return carryOut(decide(command));
    }

    @CommandHandler
    IssueOutcome handle(ChangeStatus command) {
        return carryOut(decide(command));
    }

    @CommandHandler
    IssueOutcome handle(CommentOnIssue command) {
        return carryOut(decide(command));
    }

    @CommandHandler
    IssueOutcome handle(ReplaceLabels command) {
        return carryOut(decide(command));
    }

    @CommandHandler
    IssueOutcome handle(WithdrawIssue command) {
        return carryOut(decide(command));
    }

    @EventSourcingHandler
    void on(IssueEvent event, @Timestamp Instant at) {
        state = IssueEvolution.evolve(state, event, at);
        if (stream == null) {
            stream = StreamName.issue(event.issueId());
        }
    }

    @EventSourcingHandler
    void on(IssueState snapshot) {
        state = snapshot;
        stream = StreamName.issue(snapshot.id());
    }

    public Decision decide(IssueCommand command) {
        return IssueDecider.decide(state, sequence(), command);
    }

    public IssueOutcome carryOut(Decision decision) {
        return switch (decision) {
            case Accepted(List<IssueEvent> events) -> {
                EventClock.at(timeOfNextEvents(), () -> events.forEach(AggregateLifecycle::apply));
                yield new Done(requireNonNull(state), sequence());
            }
            case Decision.Refused(var rejection) -> new Refused(rejection);
        };
    }

    @Nullable
    public IssueState state() {
        return state;
    }

    /**
     * The later of now and the last event's time. Nodes' clocks differ and may be set back, but the times of a stream
     * never decrease.
     */
    private Instant timeOfNextEvents() {
        Instant now = EventClock.now();
        return state == null || now.isAfter(state.lastEventAt()) ? now : state.lastEventAt();
    }

    /** The sequence of its last event; call it only while the aggregate is invoked. */
    public static long sequence() {
        return requireNonNullElse(AggregateLifecycle.getVersion(), NO_EVENT);
    }
}
