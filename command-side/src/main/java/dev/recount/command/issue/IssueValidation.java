package dev.recount.command.issue;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.Decision.Refused;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.events.IssueEvent;
import dev.recount.events.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Applies {@link IssueRules} last before the log, so that no endpoint can write what breaks the rules. */
record IssueValidation(Map<String, List<String>> errors) {

    static IssueValidation of(CreateIssue command) {
        return new IssueValidation(Map.of())
                .with("title", IssueRules.problemOfTitle(IssueRules.trim(command.title())))
                .with("description", IssueRules.problemOfDescription(command.description()))
                .with("labels", problemOfLabels(command.labels()));
    }

    static IssueValidation of(EditIssue command) {
        return new IssueValidation(Map.of())
                .with(
                        "title",
                        Optional.ofNullable(command.title())
                                .map(IssueRules::trim)
                                .flatMap(IssueRules::problemOfTitle))
                .with(
                        "description",
                        Optional.ofNullable(command.description()).flatMap(IssueRules::problemOfDescription));
    }

    static IssueValidation of(CommentOnIssue command) {
        return new IssueValidation(Map.of()).with("body", IssueRules.problemOfComment(command.body()));
    }

    static IssueValidation of(ReplaceLabels command) {
        return new IssueValidation(Map.of()).with("labels", problemOfLabels(command.labels()));
    }

    private static Optional<String> problemOfLabels(List<Label> labels) {
        return labels.stream()
                .map(Label::name)
                .map(IssueRules::problemOfLabel)
                .flatMap(Optional::stream)
                .findFirst();
    }

    Decision orElse(Supplier<List<IssueEvent>> events) {
        return errors.isEmpty() ? new Accepted(events.get()) : new Refused(new InvalidFields(errors));
    }

    private IssueValidation with(String field, Optional<String> problem) {
        if (problem.isEmpty()) {
            return this;
        }
        Map<String, List<String>> more = new LinkedHashMap<>(errors);
        more.put(field, List.of(problem.get()));
        return new IssueValidation(more);
    }
}
