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
import dev.recount.events.text.TextRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Applies {@link IssueRules} last before the log, so that no endpoint can write what breaks the rules. */
record IssueValidation(Map<String, List<String>> errors) {

    static IssueValidation of(CreateIssue command) {
        return new IssueValidation(Map.of())
                .with("title", problemOf(command.title(), IssueRules.TITLE))
                .with("description", problemOf(command.description(), IssueRules.DESCRIPTION))
                .with("labels", problemOfLabels(command.labels()));
    }

    static IssueValidation of(EditIssue command) {
        return new IssueValidation(Map.of())
                .with("title", problemOf(command.title(), IssueRules.TITLE))
                .with("description", problemOf(command.description(), IssueRules.DESCRIPTION));
    }

    static IssueValidation of(CommentOnIssue command) {
        return new IssueValidation(Map.of()).with("body", problemOf(command.body(), IssueRules.COMMENT));
    }

    static IssueValidation of(ReplaceLabels command) {
        return new IssueValidation(Map.of()).with("labels", problemOfLabels(command.labels()));
    }

    /** @param text null if it stays unchanged */
    private static Optional<String> problemOf(@Nullable String text, TextRule rule) {
        return text == null ? Optional.empty() : rule.problemOf(rule.prepare(text));
    }

    private static Optional<String> problemOfLabels(List<Label> labels) {
        return labels.stream()
                .map(Label::name)
                .map(IssueRules.LABEL::problemOf)
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
