package dev.recount.query;

import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueStatus;
import dev.recount.events.UserEvent.UserRegistered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Events as the command side appends them, with times of the test's choice. */
public final class Events {

    private Events() {}

    public static List<DomainEventMessage<?>> of(Instant at, String stream, long fromSequence, Object... events) {
        var messages = new ArrayList<DomainEventMessage<?>>();
        for (var event : events) {
            messages.add(new GenericDomainEventMessage<>(
                    stream.substring(0, stream.indexOf('-')),
                    stream,
                    fromSequence + messages.size(),
                    event,
                    MetaData.emptyInstance(),
                    UUID.randomUUID().toString(),
                    at));
        }
        return messages;
    }

    public static List<DomainEventMessage<?>> issue(Instant at, long id, IssueStatus status, Long assignee) {
        return of(at, "issue-" + id, 0, new IssueCreated(id, "Issue " + id, "Text " + id, status, assignee, 1));
    }

    public static List<DomainEventMessage<?>> user(Instant at, long id, String username) {
        return of(at, "user-" + id, 0, new UserRegistered(id, username, "Name of " + username));
    }
}
