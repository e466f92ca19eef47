package dev.recount.query.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.recount.query.generations.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as JSON for operators: over HTTP, in events, and in a terminal.
 *
 * @param differingRows number of differing rows that a verification found; null without a report
 * @param report omitted if there is none, and in lists
 */
public record RunJson(
        long id,
        String kind,
        List<String> projections,
        String phase,
        long eventsDone,
        long eventsTotal,
        @Nullable Double eventsPerSecond,
        @Nullable Instant estimatedEnd,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        boolean cancelRequested,
        RebuildState.@Nullable Failure failure,
        List<String> swapped,
        int swapAttempts,
        @Nullable Double longestLockSeconds,
        String node,
        @Nullable Long differingRows,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable VerificationReport report) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TENTHS = 10;

    public static RunJson of(RebuildState state) {
        return of(state, state.report());
    }

    public static RunJson withoutReport(RebuildState state) {
        return of(state, null);
    }

    private static RunJson of(RebuildState state, @Nullable VerificationReport report) {
        return new RunJson(
                state.id(),
                state.kind().storedName(),
                state.projections(),
                state.phase().storedName(),
                state.eventsDone(),
                state.eventsTotal(),
                rounded(state.eventsPerSecond()),
                state.estimatedEnd(),
                state.startedAt(),
                state.updatedAt(),
                state.finishedAt(),
                state.cancelRequested(),
                state.failure(),
                state.swapped(),
                state.swapAttempts(),
                seconds(state.longestLock()),
                state.node(),
                differingRows(state.report()),
                report);
    }

    private static @Nullable Double rounded(@Nullable Double rate) {
        return rate == null ? null : (Double) (Math.round(rate * TENTHS) / TENTHS);
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : (Double) (duration.toNanos() / NANOS_PER_SECOND);
    }

    private static @Nullable Long differingRows(@Nullable VerificationReport report) {
        return report == null
                ? null
                : (Long) report.tables().stream()
                        .mapToLong(table -> table.missing() + table.extra() + table.changed())
                        .sum();
    }
}
