package dev.recount.query.reports;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.recount.query.timetravel.AsOfResolver;

/** The parameters of reports, as listed by {@code GET /reports}. */
enum ReportParameter {
    FROM(
            "from",
            "The first day of the period, in UTC, such as 2026-01-09",
            "30 days that end with to; 12 weeks or months where interval says so"),
    TO("to", "The last day of the period, in UTC; it belongs to the period", "today"),
    INTERVAL(
            "interval",
            "What the series counts by, in UTC: day, week (from Monday) or month; the first and the last are cut to the"
                    + " period, which has 1000 at most",
            "day"),
    ASSIGNEE(
            "assignee",
            "Only what concerns issues of this user, by id; not together with label or priority",
            "all issues"),
    LABEL(
            "label",
            "Only what concerns issues with the label of this name; not together with assignee or priority",
            "all issues"),
    PRIORITY(
            "priority",
            "Only what concerns issues of this priority: low, medium, high or urgent; not together with assignee or"
                    + " label",
            "all issues"),
    BY("by", "assignee counts for each user apart", "one count for all"),
    AS_OF(
            AsOfResolver.AS_OF,
            "What the report would have told then: a time such as 2026-01-09T12:08:01Z, or a position of the log",
            "now");

    private final String wireName;
    private final String meaning;
    private final String defaultValue;

    /** @param defaultValue the default, in words */
    record Description(String name, String meaning, String defaultValue) {}

    ReportParameter(String wireName, String meaning, String defaultValue) {
        this.wireName = wireName;
        this.meaning = meaning;
        this.defaultValue = defaultValue;
    }

    String wireName() {
        return wireName;
    }

    @JsonValue
    Description description() {
        return new Description(wireName, meaning, defaultValue);
    }
}
