package dev.recount.query.reports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;

/**
 * A row for each interval of a period.
 *
 * @param from the first day, in UTC
 * @param to the last day, inclusive
 */
record Series<R extends Record>(
        LocalDate from,
        LocalDate to,
        Interval interval,
        List<R> rows,
        @JsonIgnore Class<R> rowType) implements ReportTable<R> {

    static <R extends Record> Series<R> of(ReportQuery query, Class<R> rowType, List<R> rows) {
        return new Series<>(query.period().from(), query.period().to(), query.interval(), rows, rowType);
    }
}
