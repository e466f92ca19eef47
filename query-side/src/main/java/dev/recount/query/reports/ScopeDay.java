package dev.recount.query.reports;

import java.time.LocalDate;

/** The key of what is counted by {@link Scope} and day. */
record ScopeDay(String scope, LocalDate day) {}
