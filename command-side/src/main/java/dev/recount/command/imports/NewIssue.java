package dev.recount.command.imports;

import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.events.IssueEvent;
import dev.recount.events.Label;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An issue requested by a row, before its labels have ids.
 *
 * @param unlabelled the events without the labels
 */
record NewIssue(CreateIssue command, List<IssueEvent> unlabelled, List<String> labels) {

    private static final long NO_EVENT = -1;

    long id() {
        return command.issueId();
    }

    /** @param known labels by name, including all labels of this issue */
    List<IssueEvent> events(Map<String, Label> known) {
        if (labels.isEmpty()) {
            return unlabelled;
        }
        CreateIssue labelled = command.with(labels.stream()
                .map(name -> Objects.requireNonNull(known.get(name)))
                .toList());
        Decision decision = IssueDecider.decide(null, NO_EVENT, labelled);
        if (decision instanceof Accepted(List<IssueEvent> events)) {
            return events;
        }
        throw new IllegalStateException("Refused with labels only: " + decision);
    }
}
