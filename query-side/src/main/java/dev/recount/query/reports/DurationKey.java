package dev.recount.query.reports;

import java.time.LocalDate;

/** The key of durations by {@link Scope}, day and class. */
record DurationKey(String scope, LocalDate day, int bucket) {

    static DurationKey of(String scope, LocalDate day, long micros) {
        return new DurationKey(scope, day, DurationBucket.ofSeconds(micros));
    }
}
