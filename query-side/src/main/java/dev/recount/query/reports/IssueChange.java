package dev.recount.query.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event's change of an issue, as reports see it.
 *
 * @param before null for an issue that was created by it
 */
record IssueChange(@Nullable IssueFacts before, IssueFacts after, Instant at) {

    /** The day it happened, in UTC. */
    LocalDate day() {
        return dayOf(at);
    }

    static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    boolean creates() {
        return before == null;
    }

    /** To resolved or closed from neither; an issue that is created as one of them is resolved by that. */
    boolean resolves() {
        return after.isDone() && (before == null || !before.isDone());
    }

    boolean reopens() {
        return before != null && before.isDone() && !after.isDone();
    }

    boolean changesStatus() {
        return before == null || before.status() != after.status();
    }

    /** The figures in which what happened is counted: those of the assignee and of the labels that the issue has now. */
    List<String> scopes() {
        return Scope.allOf(after);
    }

    /**
     * Microseconds from then until it happened.
     *
     * <p>Two nodes wrote the two times, so a difference of their clocks can turn them round: that counts as no time.
     */
    long microsSince(Instant then) {
        return Math.max(0, ChronoUnit.MICROS.between(then, at));
    }
}
