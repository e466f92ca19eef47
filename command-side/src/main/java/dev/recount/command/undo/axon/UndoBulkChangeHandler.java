package dev.recount.command.undo.axon;

import static java.util.Objects.requireNonNull;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.PastEvent;
import dev.recount.command.issue.axon.IssueAggregate;
import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.command.undo.BulkUndoOutcome;
import dev.recount.command.undo.BulkUndoOutcome.AlreadyUndone;
import dev.recount.command.undo.BulkUndoOutcome.ChangedSince;
import dev.recount.command.undo.BulkUndoOutcome.Undone;
import dev.recount.command.undo.BulkUndoOutcome.Unknown;
import dev.recount.command.undo.UndoBulkChange;
import dev.recount.command.undo.UndoDecider;
import dev.recount.command.undo.UndoDecider.Restoration;
import dev.recount.command.undo.UndoDecider.Restoration.Kept;
import dev.recount.command.undo.UndoDecider.Restoration.Restored;
import dev.recount.command.undo.UndoDecider.Restoration.Unchanged;
import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.BulkChangeEvent.BulkChangeUndone;
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssueEvent;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.modelling.command.Aggregate;

/** Restores the former statuses and priorities of a bulk change's issues and records it in the bulk change's own stream. */
final class UndoBulkChangeHandler {

    private static final String KIND = "bulk";
    private static final long AFTER_THE_FIRST = 1;

    private final IssueRepository issues;
    private final IssueHistories pasts;
    private final EventLog log;
    private final EventBus events;

    UndoBulkChangeHandler(IssueRepository issues, IssueHistories pasts, EventLog log, EventBus events) {
        this.issues = issues;
        this.pasts = pasts;
        this.log = log;
        this.events = events;
    }

    @CommandHandler
    BulkUndoOutcome handle(UndoBulkChange command) {
        List<DomainEventMessage<?>> stream = log.readStream(StreamName.bulkChange(command.bulkId()), 0);
        if (stream.isEmpty()) {
            return new Unknown(command.bulkId());
        }
        DomainEventMessage<?> last = stream.getLast();
        if (last.getPayload() instanceof BulkChangeUndone) {
            return new AlreadyUndone(last.getTimestamp(), IssueHistories.actorOf(last));
        }
        List<Judged> judged = judge(((BulkChangeApplied) stream.getFirst().getPayload()).issues());
        SortedMap<Long, List<PastEvent>> kept = new TreeMap<>();
        List<Long> restored = new ArrayList<>();
        List<Long> unchanged = new ArrayList<>();
        for (Judged one : judged) {
            switch (one.restoration()) {
                case Restored _ -> restored.add(one.issueId());
                case Unchanged _ -> unchanged.add(one.issueId());
                case Kept(List<PastEvent> later) -> kept.put(one.issueId(), later);
            }
        }
        if (!kept.isEmpty() && !command.merge()) {
            return new ChangedSince(kept);
        }
        judged.forEach(Judged::carryOut);
        events.publish(new GenericDomainEventMessage<>(
                KIND,
                StreamName.bulkChange(command.bulkId()),
                AFTER_THE_FIRST,
                new BulkChangeUndone(command.bulkId(), restored, List.copyOf(kept.keySet()))));
        return new Undone(restored, unchanged, kept);
    }

    private record Judged(long issueId, Aggregate<IssueAggregate> issue, Restoration restoration) {

        void carryOut() {
            if (restoration instanceof Restored(List<IssueEvent> changes)) {
                issue.execute(root -> root.carryOut(new Accepted(changes)));
            }
        }
    }

    /** Loads in the order of the ids, so that two commands cannot deadlock. */
    private List<Judged> judge(List<ChangedStatus> changes) {
        issues.readAhead(changes.stream()
                .map(change -> StreamName.issue(change.issueId()))
                .toList());
        List<ChangedStatus> sorted = changes.stream()
                .sorted(Comparator.comparingLong(ChangedStatus::issueId))
                .toList();
        Map<Long, Aggregate<IssueAggregate>> loaded = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        for (ChangedStatus change : sorted) {
            String stream = StreamName.issue(change.issueId());
            loaded.put(change.issueId(), issues.load(stream));
            sequences.put(stream, change.sequence());
        }
        Map<String, List<DomainEventMessage<?>>> since = pasts.after(sequences);
        return sorted.stream()
                .map(change -> judge(requireNonNull(loaded.get(change.issueId())), since, change))
                .toList();
    }

    private static Judged judge(
            Aggregate<IssueAggregate> issue, Map<String, List<DomainEventMessage<?>>> since, ChangedStatus change) {
        List<DomainEventMessage<?>> events = since.getOrDefault(StreamName.issue(change.issueId()), List.of());
        Restoration restoration = issue.invoke(root -> UndoDecider.restore(
                requireNonNull(root.state()), IssueHistories.past(events, IssueAggregate.sequence()), change));
        return new Judged(change.issueId(), issue, restoration);
    }
}
