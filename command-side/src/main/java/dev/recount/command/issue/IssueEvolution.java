package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Folds events into a state. It never throws and never refuses. */
public final class IssueEvolution {

    private IssueEvolution() {}

    /** @param state null for an issue that does not exist, which only {@link IssueCreated} changes */
    public static @Nullable IssueState evolve(@Nullable IssueState state, IssueEvent event, Instant at) {
        if (event instanceof IssueCreated created) {
            return IssueState.of(created, at);
        }
        return state == null ? null : changed(state, event, at);
    }

    private static IssueState changed(IssueState state, IssueEvent event, Instant at) {
        Long version = event.leadsTo();
        IssueState next = version == null ? state.touched(at) : state.edited(version, at);
        return switch (event) {
            case IssueCreated created -> IssueState.of(created, at);
            case IssueRetitled retitled -> next.withTitle(retitled.to());
            case IssueDescriptionChanged changed -> next.withDescription(changed.description());
            case IssueStatusChanged changed -> next.withStatus(changed.to());
            case IssueAssigned assigned -> next.withAssignee(assigned.to());
            case IssuePrioritized prioritized -> next.withPriority(prioritized.to());
            case IssueLabelsReplaced replaced -> next.withLabels(replaced.labels());
            case IssueTouched _, IssueCommented _ -> next;
            case IssueWithdrawn _ -> next.withdraw();
        };
    }
}
