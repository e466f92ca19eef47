package dev.recount.command.issue;

import java.util.List;

/**
 * Asks that an issue have the labels with these names and no others.
 *
 * <p>Names without a label become labels in the same append. It is then carried out as {@link
 * IssueCommand.ReplaceLabels}, once every name has its id.
 */
public record LabelIssue(long issueId, List<String> names) {

    /** Drops repeated names and the white space around names. */
    public LabelIssue {
        names = names.stream().map(IssueRules.LABEL::prepare).distinct().toList();
    }
}
