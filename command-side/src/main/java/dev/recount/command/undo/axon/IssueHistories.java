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
 * What has happened to issues, with who did it, which their states do not tell.
 *
 * <p>Whoever decides on a past together with a state takes no more of it than the state has seen: then an append on it
 * fails if anything has happened since, and the decision is taken again.
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

    /** By stream, after the sequences. */
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

    /** Who acted, null where nobody was named. */
    static @Nullable Long actorOf(DomainEventMessage<?> message) {
        Object actor = message.getMetaData().get(EventMetadata.ACTOR);
        return actor == null ? null : Long.valueOf(actor.toString());
    }
}
