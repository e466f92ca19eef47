package dev.recount.query.reports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A range of days in UTC, inclusive at both ends. */
record Span(LocalDate from, LocalDate to) {

    /**
     * All intervals that overlap these days, in order; the first and the last are cut to these days.
     *
     * @param most maximum number of intervals; further ones are left out
     */
    List<Span> split(Interval interval, int most) {
        var spans = new ArrayList<Span>();
        var start = from;
        while (!start.isAfter(to) && spans.size() < most) {
            var next = interval.next(start);
            spans.add(new Span(start, next.isAfter(to) ? to : next.minusDays(1)));
            start = next;
        }
        return spans;
    }
}
