package dev.recount.query.reports;

import java.util.List;

/**
 * What a report was asked for.
 *
 * @param scope whose figures, a name from {@link Scope}
 */
record ReportQuery(Span period, Interval interval, String scope) {

    static final int MOST_INTERVALS = 1_000;

    /** The rows of a series: every interval of the period, also one in which nothing happened. */
    List<Span> intervals() {
        return period.split(interval, MOST_INTERVALS);
    }
}
