package dev.recount.query.reports;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is told of some durations, in seconds; all but the count are null where there are none.
 *
 * @param count how many there are
 * @param averageSeconds the exact mean
 * @param p50Seconds the median; like the other percentiles by the nearest rank, and off by 0.8 % or a second at most
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
