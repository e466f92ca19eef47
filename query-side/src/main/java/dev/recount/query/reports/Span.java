package dev.recount.query.reports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Days in UTC, the first and the last included. */
record Span(LocalDate from, LocalDate to) {

    /**
     * The intervals that the days fall into, in order, none left out; the first and the last are cut to these days.
     *
     * @param most after so many, the rest is left out
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
