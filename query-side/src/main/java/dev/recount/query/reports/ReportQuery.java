package dev.recount.query.reports;

import java.util.List;

/**
 * The parameters of a report request.
 *
 * @param scope the scope to report on, a name from {@link Scope}
 */
record ReportQuery(Span period, Interval interval, String scope) {

    static final int MOST_INTERVALS = 1_000;

    /** The rows of a series: every interval of the period, including empty ones. */
    List<Span> intervals() {
        return period.split(interval, MOST_INTERVALS);
    }
}
