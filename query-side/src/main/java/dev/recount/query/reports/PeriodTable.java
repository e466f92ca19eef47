package dev.recount.query.reports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;

/**
 * Rows that cover a period as a whole.
 *
 * @param from the first day, in UTC
 * @param to the last day, inclusive
 */
record PeriodTable<R extends Record>(
        LocalDate from,
        LocalDate to,
        List<R> rows,
        @JsonIgnore Class<R> rowType) implements ReportTable<R> {

    static <R extends Record> PeriodTable<R> of(ReportQuery query, Class<R> rowType, List<R> rows) {
        return new PeriodTable<>(query.period().from(), query.period().to(), rows, rowType);
    }
}
