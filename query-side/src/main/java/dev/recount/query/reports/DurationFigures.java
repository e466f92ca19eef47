package dev.recount.query.reports;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of durations, in seconds; all but the count are null if there are no durations.
 *
 * @param count number of durations
 * @param averageSeconds the exact mean
 * @param p50Seconds the median; all percentiles use the nearest rank, with an error of at most 0.8 % or one second
 */
record DurationFigures(
        long count,
        @Nullable BigDecimal averageSeconds,
        @Nullable BigDecimal p50Seconds,
        @Nullable BigDecimal p85Seconds,
        @Nullable BigDecimal p95Seconds) {

    static DurationFigures of(Durations durations) {
        return new DurationFigures(
                durations.issueCount(),
                durations.averageSeconds().orElse(null),
                durations.percentileSeconds(50).orElse(null),
                durations.percentileSeconds(85).orElse(null),
                durations.percentileSeconds(95).orElse(null));
    }
}
