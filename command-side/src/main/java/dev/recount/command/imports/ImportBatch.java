package dev.recount.command.imports;

import dev.recount.command.bus.ConflictRetry;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.LabelDirectory;
import dev.recount.events.ImportEvent;
import dev.recount.events.IssueEvent;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.RecountEvent;
import dev.recount.events.StreamName;
import dev.recount.eventstore.append.AppendReceipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.ConcurrencyException;

/** New issues to be appended to the log, together or not at all. An issue is never split between two batches. */
final class ImportBatch {

    /** Large enough that many issues share a flush to disk, and small enough that other writers wait only briefly. */
    private static final int MAX_ISSUES = 1_000;

    /** Bounded, because several copies of a batch are in memory while it is appended. */
    private static final int MAX_CHARS = 1 << 20;

    /** The characters that a label takes besides its name. It may be new and need its own event. */
    private static final int LABEL_WEIGHT = 250;

    private static final String ISSUE = "issue";
    private static final String LABEL = "label";
    private static final String IMPORT = "import";

    private final EventStore events;
    private final LabelDirectory directory;
    private final IdSequence labelIds;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private long chars;

    private record Waiting(NewIssue issue, Map<String, String> metadata) {}

    /** An event in the import's own stream. */
    private record Told(ImportEvent event, long sequence, Map<String, String> metadata) {

        String stream() {
            return StreamName.importOf(event.importId());
        }
    }

    private record Content(List<Waiting> issues, List<Told> told) {}

    ImportBatch(EventStore events, LabelDirectory directory, IdSequence labelIds) {
        this.events = events;
        this.directory = directory;
        this.labelIds = labelIds;
    }

    void add(NewIssue issue, Map<String, String> metadata, int textLength) {
        waiting.add(new Waiting(issue, metadata));
        chars += textLength + (long) issue.labels().size() * LABEL_WEIGHT;
    }

    /** Adds an event to the import's own stream, after the issues. */
    void tell(ImportEvent event, long sequence, Map<String, String> metadata) {
        told.add(new Told(event, sequence, metadata));
    }

    int issues() {
        return waiting.size();
    }

    boolean isFull() {
        return waiting.size() >= MAX_ISSUES || chars >= MAX_CHARS;
    }

    /**
     * Starts to append all of it and empties the batch, so that the next one can be filled. The future completes with
     * the position of the last event once all are durable. It fails with {@link ImportStoppedException} if another
     * command has written to the import's stream.
     */
    CompletableFuture<OptionalLong> append() {
        Content content = new Content(List.copyOf(waiting), List.copyOf(told));
        waiting.clear();
        told.clear();
        chars = 0;
        return CompletableFuture.supplyAsync(() -> append(content), Thread::startVirtualThread);
    }

    private OptionalLong append(Content content) {
        boolean labelled =
                content.issues().stream().anyMatch(one -> !one.issue().labels().isEmpty());
        // Issues without labels cannot conflict, because their ids are new.
        return labelled
                ? ConflictRetry.untilWon(
                        "An import of labelled issues", () -> publish(content, labelledMessages(content)))
                : publish(content, messages(content, Map.of()));
    }

    private OptionalLong publish(Content content, List<EventMessage<?>> messages) {
        AppendReceipt receipt = new AppendReceipt();
        try {
            AppendReceipt.collect(receipt, () -> {
                events.publish(messages);
                return messages.size();
            });
        } catch (ConcurrencyException lost) {
            throw isStopped(content) ? new ImportStoppedException(lost) : lost;
        }
        return receipt.lastPosition();
    }

    private boolean isStopped(Content content) {
        return content.told().stream()
                .anyMatch(one -> events.lastSequenceNumberFor(one.stream())
                        .filter(last -> last >= one.sequence())
                        .isPresent());
    }

    /**
     * The messages with the first events of new labels, which go into the same append. If two appends create one label
     * concurrently, the log refuses the second. It is then rebuilt and finds the label.
     */
    private List<EventMessage<?>> labelledMessages(Content content) {
        Set<String> names = new LinkedHashSet<>();
        content.issues().forEach(one -> names.addAll(one.issue().labels()));
        Map<String, Label> labels = new HashMap<>(directory.find(names));
        List<EventMessage<?>> messages = new ArrayList<>();
        for (Waiting one : content.issues()) {
            for (String name : one.issue().labels()) {
                if (!labels.containsKey(name)) {
                    Label label = new Label(labelIds.next(), name);
                    labels.put(name, label);
                    messages.add(message(
                            LABEL, StreamName.label(name), 0, new LabelCreated(label.id(), name), one.metadata()));
                }
            }
        }
        messages.addAll(messages(content, labels));
        return messages;
    }

    private static List<EventMessage<?>> messages(Content content, Map<String, Label> labels) {
        List<EventMessage<?>> messages =
                new ArrayList<>(content.issues().size() + content.told().size());
        for (Waiting one : content.issues()) {
            String stream = StreamName.issue(one.issue().id());
            int sequence = 0;
            for (IssueEvent event : one.issue().events(labels)) {
                messages.add(message(ISSUE, stream, sequence++, event, one.metadata()));
            }
        }
        content.told()
                .forEach(one ->
                        messages.add(message(IMPORT, one.stream(), one.sequence(), one.event(), one.metadata())));
        return messages;
    }

    private static EventMessage<?> message(
            String kind, String stream, long sequence, RecountEvent event, Map<String, String> metadata) {
        return new GenericDomainEventMessage<>(kind, stream, sequence, event, metadata);
    }
}
