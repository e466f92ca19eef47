package dev.recount.query.issues;

import dev.recount.events.Label;
import java.util.List;

/**
 * The state of an issue at a position.
 *
 * @param withdrawn whether it was already withdrawn
 * @param sequence sequence of the newest event of the issue up to that position
 */
record PastState(IssueBody issue, List<Label> labels, boolean withdrawn, long position, long sequence) {

    IssuePages.Found with(List<IssuePage.Comment> comments) {
        return new IssuePages.Found(new IssuePage(issue, comments, labels), sequence);
    }
}
