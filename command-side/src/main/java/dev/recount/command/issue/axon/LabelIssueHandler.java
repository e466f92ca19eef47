package dev.recount.command.issue.axon;

import dev.recount.command.bus.FirstEvent;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Refused;
import dev.recount.command.issue.LabelDirectory;
import dev.recount.command.issue.LabelIssue;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;

/**
 * Replaces the labels of issues. New labels begin their streams in the same append as the issue's event. If two
 * commands create one label concurrently, the log refuses the second. It is then retried and finds the label.
 */
final class LabelIssueHandler {

    private static final String KIND = "label";

    private final IssueRepository issues;
    private final LabelDirectory directory;
    private final IdSequence labelIds;
    private final EventBus events;

    LabelIssueHandler(IssueRepository issues, LabelDirectory directory, IdSequence labelIds, EventBus events) {
        this.issues = issues;
        this.directory = directory;
        this.labelIds = labelIds;
        this.events = events;
    }

    @CommandHandler
    IssueOutcome handle(LabelIssue command) {
        Aggregate<IssueAggregate> issue;
        try {
            issue = issues.load(StreamName.issue(command.issueId()));
        } catch (AggregateNotFoundException unknown) {
            return new Refused(new UnknownIssue(command.issueId()));
        }
        Map<String, Label> known = directory.find(command.names());
        List<Label> labels = new ArrayList<>(command.names().size());
        List<DomainEventMessage<?>> created = new ArrayList<>();
        for (String name : command.names()) {
            Label label = known.get(name);
            if (label == null) {
                label = new Label(labelIds.next(), name);
                created.add(FirstEvent.of(KIND, StreamName.label(name), new LabelCreated(label.id(), name)));
            }
            labels.add(label);
        }
        return issue.invoke(root -> {
            Decision decision = root.decide(new ReplaceLabels(command.issueId(), labels));
            if (decision instanceof Accepted) {
                events.publish(created);
            }
            return root.carryOut(decision);
        });
    }
}
