package dev.recount.command.issue.http;

import dev.recount.events.EventMetadata;
import dev.recount.events.EventType;
import dev.recount.events.IssueEvent;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the edits that a client with an old version has missed, so that it can merge or show them. */
@Component
final class EditsSince {

    /** A client that has missed more than this should read the issue again. */
    private static final int MOST = 50;

    private final EventLog log;

    EditsSince(EventLog log) {
        this.log = log;
    }

    /**
     * @param details the event as it is stored
     * @param version null if the event does not change it
     */
    record Conflict(
            long sequence,
            String type,
            @Nullable Long version,
            Instant timestamp,
            @Nullable Long actor,
            IssueEvent details) {}

    /** The newest events after those that led to the version, oldest first. */
    List<Conflict> since(long issueId, long version) {
        String stream = StreamName.issue(issueId);
        OptionalLong last = log.lastSequence(stream);
        if (last.isEmpty()) {
            return List.of();
        }
        List<Conflict> newest = log.readStream(stream, Math.max(0, last.getAsLong() - MOST + 1)).stream()
                .map(EditsSince::conflict)
                .toList();
        int from = 0;
        for (int index = 0; index < newest.size(); index++) {
            Long leadsTo = newest.get(index).version();
            if (leadsTo != null && leadsTo <= version) {
                from = index + 1;
            }
        }
        return newest.subList(from, newest.size());
    }

    private static Conflict conflict(DomainEventMessage<?> message) {
        IssueEvent event = (IssueEvent) message.getPayload();
        Object actor = message.getMetaData().get(EventMetadata.ACTOR);
        return new Conflict(
                message.getSequenceNumber(),
                EventType.ofClass(event.getClass()).orElseThrow().storedName(),
                event.leadsTo(),
                message.getTimestamp(),
                actor == null ? null : Long.valueOf(actor.toString()),
                event);
    }
}
