package dev.recount.command.bulk.axon;

import static java.util.Objects.requireNonNull;

import dev.recount.command.bulk.BatchOutcome;
import dev.recount.command.bulk.BatchOutcome.AllDone;
import dev.recount.command.bulk.BatchOutcome.NoneDone;
import dev.recount.command.bulk.ChangeStatuses;
import dev.recount.command.bulk.IssueBatch;
import dev.recount.command.bus.FirstEvent;
import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Refused;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.issue.axon.IssueAggregate;
import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.ChangedPriority;
import dev.recount.events.ChangedStatus;
import dev.recount.events.StreamName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;

/** Carries out batches: decides all commands first, and applies them only if none is refused. */
final class IssueBatchHandler {

    private static final String BULK = "bulk";

    private final IssueRepository issues;
    private final EventBus events;

    IssueBatchHandler(IssueRepository issues, EventBus events) {
        this.issues = issues;
        this.events = events;
    }

    @CommandHandler
    BatchOutcome handle(IssueBatch batch) throws Exception {
        Judged[] judged = judge(batch.commands());
        SortedMap<Integer, Rejection> rejections = rejections(judged);
        return rejections.isEmpty() ? new AllDone(carryOut(judged)) : new NoneDone(rejections);
    }

    /** Records the change in its own stream, in the same append. */
    @CommandHandler
    BatchOutcome handle(ChangeStatuses bulk) throws Exception {
        Judged[] judged = judge(bulk.changes());
        SortedMap<Integer, Rejection> rejections = rejections(judged);
        if (!rejections.isEmpty()) {
            return new NoneDone(rejections);
        }
        List<Done> outcomes = carryOut(judged);
        List<ChangedStatus> changed = new ArrayList<>(judged.length);
        for (int index = 0; index < judged.length; index++) {
            changed.add(changed(requireNonNull(judged[index].before()), outcomes.get(index)));
        }
        if (!changed.isEmpty()) {
            String stream = StreamName.bulkChange(bulk.bulkId());
            events.publish(FirstEvent.of(BULK, stream, new BulkChangeApplied(bulk.bulkId(), changed)));
        }
        return new AllDone(outcomes);
    }

    private static ChangedStatus changed(IssueState before, Done done) {
        IssueState after = done.state();
        ChangedPriority priority =
                before.priority() == after.priority() ? null : new ChangedPriority(before.priority(), after.priority());
        return new ChangedStatus(
                after.id(), before.status(), after.status(), after.version(), done.sequence(), priority);
    }

    private static SortedMap<Integer, Rejection> rejections(Judged[] judged) {
        SortedMap<Integer, Rejection> rejections = new TreeMap<>();
        for (int index = 0; index < judged.length; index++) {
            if (judged[index].decision() instanceof Refused(Rejection rejection)) {
                rejections.put(index, rejection);
            }
        }
        return rejections;
    }

    /** @param before null for a new issue and for an issue that does not exist */
    private record Judged(
            @Nullable Aggregate<IssueAggregate> issue,
            @Nullable IssueState before,
            Decision decision) {}

    private static List<String> streams(List<? extends IssueCommand> commands) {
        return commands.stream()
                .filter(command -> !(command instanceof CreateIssue))
                .map(command -> StreamName.issue(command.issueId()))
                .toList();
    }

    /** Loads in the order of the ids, whatever the order of the commands, so that two batches cannot deadlock. */
    private Judged[] judge(List<? extends IssueCommand> commands) {
        issues.readAhead(streams(commands));
        Judged[] judged = new Judged[commands.size()];
        IntStream.range(0, judged.length)
                .boxed()
                .sorted(Comparator.comparingLong(index -> commands.get(index).issueId()))
                .forEach(index -> judged[index] = judge(commands.get(index)));
        return judged;
    }

    private Judged judge(IssueCommand command) {
        if (command instanceof CreateIssue) {
            return new Judged(null, null, IssueDecider.decide(null, -1, command));
        }
        try {
            Aggregate<IssueAggregate> issue = issues.load(StreamName.issue(command.issueId()));
            return new Judged(issue, issue.invoke(IssueAggregate::state), issue.invoke(root -> root.decide(command)));
        } catch (AggregateNotFoundException unknown) {
            return new Judged(null, null, new Refused(new UnknownIssue(command.issueId())));
        }
    }

    private List<Done> carryOut(Judged[] judged) throws Exception {
        List<Done> outcomes = new ArrayList<>(judged.length);
        for (Judged one : judged) {
            outcomes.add((Done) carryOut(one));
        }
        return outcomes;
    }

    private IssueOutcome carryOut(Judged judged) throws Exception {
        if (judged.issue() != null) {
            return judged.issue().invoke(root -> root.carryOut(judged.decision()));
        }
        AtomicReference<IssueOutcome> outcome = new AtomicReference<>();
        issues.newInstance(
                IssueAggregate::new, issue -> outcome.set(issue.invoke(root -> root.carryOut(judged.decision()))));
        return requireNonNull(outcome.get());
    }
}
