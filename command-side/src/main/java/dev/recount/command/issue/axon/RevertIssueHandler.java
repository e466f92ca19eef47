package dev.recount.command.issue.axon;

import static java.util.Objects.requireNonNull;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.issue.Reversal;
import dev.recount.command.issue.Reversal.Decided;
import dev.recount.command.issue.RevertIssue;
import dev.recount.command.issue.RevertOutcome;
import dev.recount.command.issue.RevertOutcome.Refused;
import dev.recount.command.issue.RevertOutcome.Reverted;
import dev.recount.command.issue.UndoDecider;
import dev.recount.events.StreamName;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Takes edits of an issue back, for which its whole past is read. */
final class RevertIssueHandler {

    private final IssueRepository issues;
    private final IssuePasts pasts;

    RevertIssueHandler(IssueRepository issues, IssuePasts pasts) {
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
        Reversal reversal = UndoDecider.revert(
                requireNonNull(root.state()), sequence, pasts.upTo(command.issueId(), sequence), command);
        return switch (reversal) {
            case Decided decided -> {
                root.carryOut(new Accepted(decided.events()));
                yield new Reverted(requireNonNull(root.state()), decided.takenBack(), decided.kept());
            }
            case Reversal.Refused(Rejection rejection) -> new Refused(rejection);
        };
    }
}
