package dev.recount.command.undo.axon;

import dev.recount.command.issue.PastEvent;
import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.StreamHistories;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The past events of issues with their actors, which the states do not contain.
 *
 * <p>A decision must use only the part of the past that its state has seen. Then an append fails if another event was
 * written since, and the decision is retried.
 */
final class IssueHistories {

    private final EventLog log;
    private final StreamHistories histories;

    IssueHistories(EventLog log, StreamHistories histories) {
        this.log = log;
        this.histories = histories;
    }

    /** Everything up to a sequence. */
    List<PastEvent> upTo(long issueId, long sequence) {
        return past(log.readStream(StreamName.issue(issueId), 0), sequence);
    }

    /** By stream, the events after the given sequences. */
    Map<String, List<DomainEventMessage<?>>> after(Map<String, Long> sequences) {
        return histories.readAfter(sequences);
    }

    static List<PastEvent> past(List<DomainEventMessage<?>> messages, long upToSequence) {
        return messages.stream()
                .filter(message -> message.getSequenceNumber() <= upToSequence)
                .map(message -> new PastEvent(
                        message.getSequenceNumber(),
                        (IssueEvent) message.getPayload(),
                        message.getTimestamp(),
                        actorOf(message)))
                .toList();
    }

    /** The acting user, null if the request named none. */
    static @Nullable Long actorOf(DomainEventMessage<?> message) {
        Object actor = message.getMetaData().get(EventMetadata.ACTOR);
        return actor == null ? null : Long.valueOf(actor.toString());
    }
}
