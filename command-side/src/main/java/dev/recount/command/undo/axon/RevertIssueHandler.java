package dev.recount.command.undo.axon;

import static java.util.Objects.requireNonNull;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.issue.axon.IssueAggregate;
import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.command.undo.RevertDecision;
import dev.recount.command.undo.RevertDecision.Decided;
import dev.recount.command.undo.RevertIssue;
import dev.recount.command.undo.RevertOutcome;
import dev.recount.command.undo.RevertOutcome.Refused;
import dev.recount.command.undo.RevertOutcome.Reverted;
import dev.recount.command.undo.UndoDecider;
import dev.recount.events.StreamName;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Takes edits of an issue back, for which it reads the issue's whole past. */
final class RevertIssueHandler {

    private final IssueRepository issues;
    private final IssueHistories pasts;

    RevertIssueHandler(IssueRepository issues, IssueHistories pasts) {
        this.issues = issues;
        this.pasts = pasts;
    }

    @CommandHandler
    RevertOutcome handle(RevertIssue command) {
        Aggregate<IssueAggregate> issue;
        try {
            issue = issues.load(StreamName.issue(command.issueId()));
        } catch (AggregateNotFoundException unknown) {
            return new Refused(new UnknownIssue(command.issueId()));
        }
        return issue.invoke(root -> revert(root, command));
    }

    private RevertOutcome revert(IssueAggregate root, RevertIssue command) {
        long sequence = IssueAggregate.sequence();
        RevertDecision reversal = UndoDecider.revert(
                requireNonNull(root.state()), sequence, pasts.upTo(command.issueId(), sequence), command);
        return switch (reversal) {
            case Decided decided -> {
                root.carryOut(new Accepted(decided.events()));
                yield new Reverted(requireNonNull(root.state()), decided.takenBack(), decided.kept());
            }
            case RevertDecision.Refused(Rejection rejection) -> new Refused(rejection);
        };
    }
}
