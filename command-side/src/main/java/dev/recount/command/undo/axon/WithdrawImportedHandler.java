package dev.recount.command.undo.axon;

import static java.util.Objects.requireNonNull;

import dev.recount.command.imports.StopImport;
import dev.recount.command.issue.IssueCommand.WithdrawIssue;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.PastEvent;
import dev.recount.command.issue.axon.IssueAggregate;
import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.command.undo.CheckImported;
import dev.recount.command.undo.UndoDecider;
import dev.recount.command.undo.WithdrawImported;
import dev.recount.command.undo.WithdrawImported.End;
import dev.recount.command.undo.WithdrawalOutcome;
import dev.recount.command.undo.WithdrawalOutcome.Objected;
import dev.recount.command.undo.WithdrawalOutcome.Over;
import dev.recount.command.undo.WithdrawalOutcome.Withdrawn;
import dev.recount.events.ImportEvent;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportInterrupted;
import dev.recount.events.ImportEvent.ImportUndone;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.modelling.command.Aggregate;

/** Undoes imports: stops them and withdraws their issues. */
final class WithdrawImportedHandler {

    private static final String KIND = "import";
    /** The sequence of the event with which an import creates an issue. */
    private static final long CREATION = 0;

    private final IssueRepository issues;
    private final IssueHistories pasts;
    private final EventLog log;
    private final EventBus events;

    WithdrawImportedHandler(IssueRepository issues, IssueHistories pasts, EventLog log, EventBus events) {
        this.issues = issues;
        this.pasts = pasts;
        this.log = log;
        this.events = events;
    }

    /** Returns whether the import was unfinished. Its next append then fails on the sequence of this event. */
    @CommandHandler
    boolean handle(StopImport command) {
        DomainEventMessage<?> last = lastOf(command.importId());
        boolean running = last.getPayload() instanceof ImportAdvanced;
        if (running) {
            append(last, new ImportInterrupted(command.importId()));
        }
        return running;
    }

    @CommandHandler
    WithdrawalOutcome handle(CheckImported command) {
        SortedMap<Long, List<PastEvent>> objections = new TreeMap<>();
        Map<String, List<DomainEventMessage<?>>> since = since(command.issues());
        for (Long id : command.issues()) {
            List<PastEvent> past =
                    IssueHistories.past(since.getOrDefault(StreamName.issue(id), List.of()), Long.MAX_VALUE);
            List<PastEvent> others = UndoDecider.doneByOthers(past, command.importer());
            boolean gone = !past.isEmpty() && past.getLast().event() instanceof IssueWithdrawn;
            if (!gone && !others.isEmpty()) {
                objections.put(id, others);
            }
        }
        return new Objected(objections);
    }

    @CommandHandler
    WithdrawalOutcome handle(WithdrawImported command) {
        DomainEventMessage<?> last = lastOf(command.importId());
        if (last.getPayload() instanceof ImportUndone) {
            return new Over();
        }
        Map<Long, Aggregate<IssueAggregate>> loaded = load(command.issues());
        Map<String, List<DomainEventMessage<?>>> since = since(command.issues());
        SortedMap<Long, List<PastEvent>> kept = new TreeMap<>();
        List<Aggregate<IssueAggregate>> free = new ArrayList<>();
        loaded.forEach((id, issue) -> {
            List<PastEvent> others = issue.invoke(root -> objections(root, since, command));
            if (!others.isEmpty()) {
                kept.put(id, others);
            } else if (!issue.invoke(root -> stateOf(root).withdrawn())) {
                free.add(issue);
            }
        });
        if (!kept.isEmpty() && !command.sparing()) {
            return new Objected(kept);
        }
        for (Aggregate<IssueAggregate> issue : free) {
            issue.execute(root ->
                    root.carryOut(root.decide(new WithdrawIssue(stateOf(root).id()))));
        }
        long withdrawn = (long) loaded.size() - kept.size();
        End end = command.end();
        if (end != null) {
            List<Long> allKept = new ArrayList<>(end.kept());
            allKept.addAll(kept.keySet());
            append(last, new ImportUndone(command.importId(), end.withdrawn() + withdrawn, allKept));
        }
        return new Withdrawn(withdrawn, kept);
    }

    /** Loads in the order of the ids, so that two commands cannot deadlock. */
    private Map<Long, Aggregate<IssueAggregate>> load(List<Long> ids) {
        issues.readAhead(ids.stream().map(StreamName::issue).toList());
        SortedMap<Long, Aggregate<IssueAggregate>> loaded = new TreeMap<>();
        ids.stream().sorted().forEach(id -> loaded.put(id, issues.load(StreamName.issue(id))));
        return loaded;
    }

    private Map<String, List<DomainEventMessage<?>>> since(List<Long> ids) {
        Map<String, Long> sequences = new HashMap<>();
        ids.forEach(id -> sequences.put(StreamName.issue(id), CREATION));
        return pasts.after(sequences);
    }

    /** An issue that is already withdrawn cannot conflict, because nothing happens to it after that. */
    private static List<PastEvent> objections(
            IssueAggregate root, Map<String, List<DomainEventMessage<?>>> since, WithdrawImported command) {
        IssueState state = stateOf(root);
        return state.withdrawn()
                ? List.of()
                : UndoDecider.doneByOthers(
                        IssueHistories.past(
                                since.getOrDefault(StreamName.issue(state.id()), List.of()), IssueAggregate.sequence()),
                        command.importer());
    }

    private static IssueState stateOf(IssueAggregate root) {
        return requireNonNull(root.state());
    }

    private DomainEventMessage<?> lastOf(UUID importId) {
        String stream = StreamName.importOf(importId);
        return log.readStream(stream, log.lastSequence(stream).orElseThrow()).getLast();
    }

    private void append(DomainEventMessage<?> last, ImportEvent event) {
        events.publish(new GenericDomainEventMessage<>(
                KIND, StreamName.importOf(event.importId()), last.getSequenceNumber() + 1, event));
    }
}
