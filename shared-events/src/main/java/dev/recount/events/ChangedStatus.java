package dev.recount.events;

import org.jspecify.annotations.Nullable;

/**
 * The change that a bulk change made to one issue.
 *
 * @param to equals {@code from} if the issue had the status already, or if only its priority was to change
 * @param version of the issue after the change
 * @param sequence of the last event of the change in the issue's stream
 * @param priority null if the priority stayed, as in JSON of revision 1
 */
public record ChangedStatus(
        long issueId,
        IssueStatus from,
        IssueStatus to,
        long version,
        long sequence,
        @Nullable ChangedPriority priority) {

    /** Leaves the priority as it is. */
    public ChangedStatus(long issueId, IssueStatus from, IssueStatus to, long version, long sequence) {
        this(issueId, from, to, version, sequence, null);
    }
}
