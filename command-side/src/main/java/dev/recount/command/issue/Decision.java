package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import java.util.List;

/** The result of deciding a command: events, which are empty if nothing would change, or a refusal. */
public sealed interface Decision {

    record Accepted(List<IssueEvent> events) implements Decision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Rejection rejection) implements Decision {}
}
