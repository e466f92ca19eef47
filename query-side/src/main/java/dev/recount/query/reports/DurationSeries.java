package dev.recount.query.reports;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The durations of the issues resolved in a period: in total, as a histogram, and per interval. As CSV it contains only
 * the intervals.
 */
record DurationSeries(
        LocalDate from,
        LocalDate to,
        Interval interval,
        DurationFigures total,
        List<DurationHistogram.Row> histogram,
        List<DurationSeries.Row> rows)
        implements ReportTable<DurationSeries.Row> {

    /** As in {@link DurationFigures}, for the days from the first to the last. */
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
