package dev.recount.command.undo;

import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.KeptField;
import dev.recount.command.issue.Rejection;
import dev.recount.events.IssueEvent;
import java.util.List;

/** The result of deciding a revert. */
public sealed interface RevertDecision {

    /**
     * @param events empty if nothing is left to take back
     * @param takenBack the fields that get their former values
     * @param kept the fields that stay because they were changed again later
     */
    record Decided(List<IssueEvent> events, List<IssueField> takenBack, List<KeptField> kept)
            implements RevertDecision {

        public Decided {
            events = List.copyOf(events);
            takenBack = List.copyOf(takenBack);
            kept = List.copyOf(kept);
        }
    }

    record Refused(Rejection rejection) implements RevertDecision {}
}
