package dev.recount.command.undo;

import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.KeptField;
import dev.recount.command.issue.Rejection;
import java.util.List;

/** The outcome of a revert, known once its events are in the log. */
public sealed interface RevertOutcome {

    /** As in {@link RevertDecision.Decided}, with the state after it. */
    record Reverted(IssueState state, List<IssueField> takenBack, List<KeptField> kept) implements RevertOutcome {}

    record Refused(Rejection rejection) implements RevertOutcome {}
}
