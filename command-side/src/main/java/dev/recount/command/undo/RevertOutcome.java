package dev.recount.command.undo;

import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.KeptField;
import dev.recount.command.issue.Rejection;
import java.util.List;

/** What the taking back of edits came to, told when it is in the log. */
public sealed interface RevertOutcome {

    /** As in {@link RevertDecision.Decided}; the state is the one after it. */
    record Reverted(IssueState state, List<IssueField> takenBack, List<KeptField> kept) implements RevertOutcome {}

    record Refused(Rejection rejection) implements RevertOutcome {}
}
