package dev.recount.query.reports;

import java.time.LocalDate;

/** The key of counters by {@link Scope} and day. */
record ScopeDay(String scope, LocalDate day) {}
