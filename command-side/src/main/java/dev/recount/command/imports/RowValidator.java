package dev.recount.command.imports;

import dev.recount.command.imports.RowResult.Breaks;
import dev.recount.command.imports.RowResult.Holds;
import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.Decision.Refused;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueRules;
import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.command.issue.http.IssueFields;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.text.WhiteSpace;
import dev.recount.web.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates rows as {@code POST /issues} validates bodies. It converts cells to the values that JSON would have held,
 * and leaves the rest to the decider.
 */
final class RowValidator {

    private static final long NO_EVENT = -1;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private final LongPredicate userExists;
    private final int longestText;

    RowValidator(LongPredicate userExists, int longestText) {
        this.userExists = userExists;
        this.longestText = longestText;
    }

    /** @param issueId the id of the issue if the row is valid */
    RowResult judge(ImportRow row, long issueId) {
        Map<String, List<String>> errors = new HashMap<>();
        if (row.isOverlong()) {
            errors.put("row", List.of("has text beyond the last column of the header"));
        }
        String description = row.cell(ImportColumn.DESCRIPTION);
        if (isTooLong(description)) {
            reject(ImportColumn.DESCRIPTION, "must be at most " + longestText + " characters", errors);
        }
        LabelCell labels = labels(row, errors);
        CreateIssue command = new CreateIssue(
                issueId,
                row.cell(ImportColumn.TITLE),
                description,
                choice(ImportColumn.STATUS, IssueFields.STATUS, IssueStatus.OPEN, row, errors),
                assignee(row, errors),
                choice(ImportColumn.PRIORITY, IssueFields.PRIORITY, IssuePriority.NONE, row, errors),
                List.of());
        return switch (IssueDecider.decide(null, NO_EVENT, command)) {
            case Accepted(var events) ->
                errors.isEmpty() ? new Holds(new NewIssue(command, events, labels.names())) : new Breaks(errors);
            case Refused(InvalidFields(var more)) -> {
                more.forEach(errors::putIfAbsent);
                yield new Breaks(errors);
            }
            case Refused(Rejection rejection) ->
                throw new IllegalStateException("A new issue can only be refused for its fields, not for " + rejection);
        };
    }

    private LabelCell labels(ImportRow row, Map<String, List<String>> errors) {
        String text = row.cell(ImportColumn.LABELS);
        if (isTooLong(text)) {
            reject(ImportColumn.LABELS, "must be at most " + longestText + " characters", errors);
            return LabelCell.EMPTY;
        }
        LabelCell labels = LabelCell.of(text);
        if (!labels.problems().isEmpty()) {
            errors.put(ImportColumn.LABELS.header(), labels.problems());
        }
        return labels;
    }

    private boolean isTooLong(String text) {
        return text.length() > longestText && text.codePointCount(0, text.length()) > longestText;
    }

    private static <T> T choice(
            ImportColumn column, Choice<T> choice, T ifBlank, ImportRow row, Map<String, List<String>> errors) {
        String name = WhiteSpace.trim(row.cell(column));
        if (name.isEmpty()) {
            return ifBlank;
        }
        return choice.find(name).orElseGet(() -> {
            reject(column, choice.message(), errors);
            return ifBlank;
        });
    }

    private @Nullable Long assignee(ImportRow row, Map<String, List<String>> errors) {
        String text = WhiteSpace.trim(row.cell(ImportColumn.ASSIGNEE));
        if (text.isEmpty()) {
            return null;
        }
        if (!INTEGER.matcher(text).matches()) {
            reject(ImportColumn.ASSIGNEE, "must be an integer", errors);
            return null;
        }
        long userId;
        try {
            userId = Long.parseLong(text);
        } catch (NumberFormatException e) {
            reject(ImportColumn.ASSIGNEE, "must fit into 64 bits", errors);
            return null;
        }
        IssueRules.problemOfUser(userId, userExists)
                .ifPresent(problem -> reject(ImportColumn.ASSIGNEE, problem, errors));
        return userId;
    }

    private static void reject(ImportColumn column, String message, Map<String, List<String>> errors) {
        errors.put(column.header(), List.of(message));
    }
}
