package dev.recount.query.reports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** What a series counts by, in UTC; the name in lower case is also PostgreSQL's for {@code date_trunc}. */
enum Interval {
    DAY(29),
    /** From Monday. */
    WEEK(11),
    MONTH(11);

    private final int defaultBefore;

    /** @param defaultBefore how many intervals a series has before its last one, unless it is asked otherwise */
    Interval(int defaultBefore) {
        this.defaultBefore = defaultBefore;
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the interval that has the day. */
    LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the interval after the one that has the day. */
    LocalDate next(LocalDate day) {
        var start = start(day);
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }

    /** Where a series that ends with the day begins, unless it is asked otherwise. */
    LocalDate defaultFrom(LocalDate to) {
        return switch (this) {
            case DAY -> to.minusDays(defaultBefore);
            case WEEK -> start(to).minusWeeks(defaultBefore);
            case MONTH -> start(to).minusMonths(defaultBefore);
        };
    }
}
