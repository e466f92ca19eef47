package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import java.util.List;

/** What a command comes to: events, none where everything is so already, or a refusal. */
public sealed interface Decision {

    record Accepted(List<IssueEvent> events) implements Decision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused(Rejection rejection) implements Decision {}
}
