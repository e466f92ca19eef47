package dev.recount.query.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change of an issue by one event, in the terms of reports.
 *
 * @param before null if the event created the issue
 */
record IssueChange(@Nullable IssueFacts before, IssueFacts after, Instant at) {

    /** The day of the change, in UTC. */
    LocalDate day() {
        return dayOf(at);
    }

    static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    boolean creates() {
        return before == null;
    }

    /** Whether the issue becomes resolved or closed from another status, or is created as one of them. */
    boolean resolves() {
        return after.isDone() && (before == null || !before.isDone());
    }

    boolean reopens() {
        return before != null && before.isDone() && !after.isDone();
    }

    boolean changesStatus() {
        return before == null || before.status() != after.status();
    }

    /** The scopes that count the change: those of the present assignee, labels and priority of the issue. */
    List<String> scopes() {
        return Scope.allOf(after);
    }

    /**
     * Microseconds from then until the change.
     *
     * <p>Different nodes may have recorded the two times. If the difference of their clocks makes the result negative,
     * it is 0.
     */
    long microsSince(Instant then) {
        return Math.max(0, ChronoUnit.MICROS.between(then, at));
    }
}
