package dev.recount.query.reports;

import dev.recount.events.IssueStatus;
import dev.recount.query.projection.IssueRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When an issue was created, and when it last became resolved or closed from a status that is neither.
 *
 * @param resolvedAt null while it is neither
 * @param sequence of the event that set its status
 */
record Resolution(long issueId, Instant createdAt, @Nullable Instant resolvedAt, long sequence) implements IssueRow {

    /** An issue that starts out as resolved or closed took no time. */
    static Resolution created(long issueId, IssueStatus status, Instant at, long sequence) {
        return new Resolution(issueId, at, status.isDone() ? at : null, sequence);
    }

    /** From resolved to closed or back is no new resolution. */
    Resolution withStatus(IssueStatus status, Instant at, long newSequence) {
        var since = resolvedAt == null ? at : resolvedAt;
        return new Resolution(issueId, createdAt, status.isDone() ? since : null, newSequence);
    }

    /**
     * The resolution time in microseconds, empty while there is none.
     *
     * <p>Two nodes wrote the two times, so a difference of their clocks can turn them round: that counts as no time.
     */
    OptionalLong micros() {
        return resolvedAt == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, ChronoUnit.MICROS.between(createdAt, resolvedAt)));
    }
}
