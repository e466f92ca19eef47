package dev.recount.command.issue;

import java.util.List;

/**
 * Asks that an issue carry the labels of these names and no others.
 *
 * <p>Names that no label has yet become labels in the same append, so it is carried out as {@link
 * IssueCommand.ReplaceLabels} once every name has its id.
 */
public record LabelIssue(long issueId, List<String> names) {

    /** A name given twice counts once, and the white space around it does not count. */
    public LabelIssue {
        names = names.stream().map(IssueRules::trim).distinct().toList();
    }
}
