package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.projection.IssueRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The time of an issue's creation, and of its last change to resolved or closed from another status.
 *
 * @param resolvedAt null while it is neither resolved nor closed
 * @param sequence sequence of the event that set its status
 */
record Resolution(long issueId, Instant createdAt, @Nullable Instant resolvedAt, long sequence) implements IssueRow {

    /** An issue that is created as resolved or closed took no time. */
    static Resolution created(long issueId, IssueStatus status, Instant at, long sequence) {
        return new Resolution(issueId, at, status.isDone() ? at : null, sequence);
    }

    /** A change between resolved and closed is not a new resolution. */
    Resolution withStatus(IssueStatus status, Instant at, long newSequence) {
        var since = resolvedAt == null ? at : resolvedAt;
        return new Resolution(issueId, createdAt, status.isDone() ? since : null, newSequence);
    }

    /**
     * The resolution time in microseconds, empty if unresolved.
     *
     * <p>Different nodes may have recorded the two times. If the difference of their clocks makes the result negative,
     * it is 0.
     */
    OptionalLong micros() {
        return resolvedAt == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, ChronoUnit.MICROS.between(createdAt, resolvedAt)));
    }
}
