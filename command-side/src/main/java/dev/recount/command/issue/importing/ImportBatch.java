package dev.recount.command.issue.importing;

import dev.recount.events.IssueEvent;
import dev.recount.events.StreamName;
import dev.recount.eventstore.AppendReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** New issues on their way into the log, together or not at all; an issue is never divided between two batches. */
final class ImportBatch {

    /** Enough that the flush to disk is shared by many, and so few that other writers do not wait long. */
    private static final int MAX_ISSUES = 1_000;

    /** Several copies of a batch are in memory while it is appended. */
    private static final int MAX_CHARS = 1 << 20;

    private static final String TYPE = "issue";

    private final EventBus events;
    private final List<EventMessage<?>> messages = new ArrayList<>();
    private int issues;
    private long chars;

    ImportBatch(EventBus events) {
        this.events = events;
    }

    /** @param decided the events of a new issue, in order */
    void add(long issueId, List<IssueEvent> decided, Map<String, String> metadata, int textLength) {
        String stream = StreamName.issue(issueId);
        for (int sequence = 0; sequence < decided.size(); sequence++) {
            messages.add(new GenericDomainEventMessage<>(TYPE, stream, sequence, decided.get(sequence), metadata));
        }
        issues++;
        chars += textLength;
    }

    int issues() {
        return issues;
    }

    boolean isFull() {
        return issues >= MAX_ISSUES || chars >= MAX_CHARS;
    }

    /** Appends the issues, waits until they are durable, and is empty then; gives the position of the last event. */
    OptionalLong append() {
        AppendReceipt receipt = new AppendReceipt();
        AppendReceipt.collect(receipt, () -> {
            events.publish(messages);
            return issues;
        });
        messages.clear();
        issues = 0;
        chars = 0;
        return receipt.lastPosition();
    }
}
