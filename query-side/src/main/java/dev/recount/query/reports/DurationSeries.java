package dev.recount.query.reports;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long issues took that were resolved in a period: all of them together, their spread, and interval by interval. As
 * CSV it is the intervals.
 */
record DurationSeries(
        LocalDate from,
        LocalDate to,
        Interval interval,
        DurationFigures total,
        List<DurationHistogram.Row> histogram,
        List<DurationSeries.Row> rows)
        implements ReportTable<DurationSeries.Row> {

    /** As in {@link DurationFigures}, of the days from the first to the last. */
    record Row(
            LocalDate from,
            LocalDate to,
            long count,
            @Nullable BigDecimal averageSeconds,
            @Nullable BigDecimal p50Seconds,
            @Nullable BigDecimal p85Seconds,
            @Nullable BigDecimal p95Seconds) {

        static Row of(Span span, DurationFigures figures) {
            return new Row(
                    span.from(),
                    span.to(),
                    figures.count(),
                    figures.averageSeconds(),
                    figures.p50Seconds(),
                    figures.p85Seconds(),
                    figures.p95Seconds());
        }
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }
}
