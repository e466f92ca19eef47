package dev.recount.command.issue.axon;

import static java.util.Objects.requireNonNull;

import dev.recount.command.issue.BatchOutcome;
import dev.recount.command.issue.BatchOutcome.AllDone;
import dev.recount.command.issue.BatchOutcome.NoneDone;
import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Refused;
import dev.recount.command.issue.IssueBatch;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.events.StreamName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;

/** Carries batches out: first everything is judged, then, unless anything was refused, everything is done. */
final class IssueBatchHandler {

    private final IssueRepository issues;

    IssueBatchHandler(IssueRepository issues) {
        this.issues = issues;
    }

    @CommandHandler
    BatchOutcome handle(IssueBatch batch) throws Exception {
        issues.readAhead(streams(batch.commands()));
        Judged[] judged = judge(batch.commands());
        SortedMap<Integer, Rejection> rejections = new TreeMap<>();
        for (int index = 0; index < judged.length; index++) {
            if (judged[index].decision() instanceof Refused(Rejection rejection)) {
                rejections.put(index, rejection);
            }
        }
        if (!rejections.isEmpty()) {
            return new NoneDone(rejections);
        }
        List<Done> outcomes = new ArrayList<>(judged.length);
        for (Judged one : judged) {
            outcomes.add((Done) carryOut(one));
        }
        return new AllDone(outcomes);
    }

    private record Judged(@Nullable Aggregate<IssueAggregate> issue, Decision decision) {}

    private static List<String> streams(List<IssueCommand> commands) {
        return commands.stream()
                .filter(command -> !(command instanceof CreateIssue))
                .map(command -> StreamName.issue(command.issueId()))
                .toList();
    }

    /** In the order of the ids, whatever that of the commands, so that two batches never wait for each other. */
    private Judged[] judge(List<IssueCommand> commands) {
        Judged[] judged = new Judged[commands.size()];
        IntStream.range(0, judged.length)
                .boxed()
                .sorted(Comparator.comparingLong(index -> commands.get(index).issueId()))
                .forEach(index -> judged[index] = judge(commands.get(index)));
        return judged;
    }

    private Judged judge(IssueCommand command) {
        if (command instanceof CreateIssue) {
            return new Judged(null, IssueDecider.decide(null, -1, command));
        }
        try {
            Aggregate<IssueAggregate> issue = issues.load(StreamName.issue(command.issueId()));
            return new Judged(issue, issue.invoke(root -> root.decide(command)));
        } catch (AggregateNotFoundException unknown) {
            return new Judged(null, new Refused(new UnknownIssue(command.issueId())));
        }
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
