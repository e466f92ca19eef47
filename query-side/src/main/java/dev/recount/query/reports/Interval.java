package dev.recount.query.reports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The interval of a series, in UTC; its lower-case name is also PostgreSQL's for {@code date_trunc}. */
enum Interval {
    DAY(29),
    /** From Monday. */
    WEEK(11),
    MONTH(11);

    private final int defaultBefore;

    /** @param defaultBefore number of intervals before the last one by default */
    Interval(int defaultBefore) {
        this.defaultBefore = defaultBefore;
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the interval that contains the day. */
    LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the interval after the one that contains the day. */
    LocalDate next(LocalDate day) {
        var start = start(day);
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }

    /** The default first day of a series that ends with the day. */
    LocalDate defaultFrom(LocalDate to) {
        return switch (this) {
            case DAY -> to.minusDays(defaultBefore);
            case WEEK -> start(to).minusWeeks(defaultBefore);
            case MONTH -> start(to).minusMonths(defaultBefore);
        };
    }
}
