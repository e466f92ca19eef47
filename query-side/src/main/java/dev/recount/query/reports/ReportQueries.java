package dev.recount.query.reports;

import dev.recount.events.IssuePriority;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.query.timetravel.AsOfParameters;
import dev.recount.web.Choice;
import dev.recount.web.QueryParameters;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Parses the parameters of a report, and collects every error in them. */
@Component
final class ReportQueries {

    private static final Choice<Interval> INTERVAL = Choice.of(Interval.values(), Interval::wireName);
    /** All but {@code none}, which has no scope. */
    private static final Choice<IssuePriority> PRIORITY = Choice.of(
            new IssuePriority[] {IssuePriority.LOW, IssuePriority.MEDIUM, IssuePriority.HIGH, IssuePriority.URGENT},
            IssuePriority::wireName);

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final EventLog log;
    private final InstantSource clock;

    ReportQueries(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Today, or the day of the moment for a report as of the past. */
    LocalDate today() {
        return IssueChange.dayOf(AsOfParameters.now(clock));
    }

    /** Ends the request with 400 if a parameter is invalid. */
    ReportQuery read(QueryParameters query, Report report) {
        var known = report.description().parameters();
        var interval = known.contains(ReportParameter.INTERVAL)
                ? query.optionalChoice("interval", INTERVAL).orElse(Interval.DAY)
                : Interval.DAY;
        var period = known.contains(ReportParameter.TO)
                ? period(query, interval)
                : new Span(interval.defaultFrom(today()), today());
        if (known.contains(ReportParameter.INTERVAL)) {
            refuseTooMany(period, interval, query);
        }
        var scope = scope(query, known);
        query.throwIfInvalid();
        return new ReportQuery(period, interval, scope);
    }

    private Span period(QueryParameters query, Interval interval) {
        var to = date(query, "to").orElseGet(this::today);
        var from = date(query, "from").orElseGet(() -> interval.defaultFrom(to));
        var period = new Span(from, to);
        if (from.isAfter(to)) {
            query.reject("from", "must not be after to");
        }
        return period;
    }

    private static void refuseTooMany(Span period, Interval interval, QueryParameters query) {
        if (period.split(interval, ReportQuery.MOST_INTERVALS + 1).size() > ReportQuery.MOST_INTERVALS) {
            query.reject("from", "must leave at most %d intervals".formatted(ReportQuery.MOST_INTERVALS));
        }
    }

    private static Optional<LocalDate> date(QueryParameters query, String name) {
        var text = query.optionalText(name);
        var date = text.flatMap(ReportQueries::date);
        if (text.isPresent() && date.isEmpty()) {
            query.reject(name, "must be a date such as 2026-01-09");
        }
        return date;
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return DATE.matcher(text).matches() && !text.startsWith("0000")
                    ? Optional.of(LocalDate.parse(text))
                    : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private String scope(QueryParameters query, Set<ReportParameter> known) {
        var assignee = known.contains(ReportParameter.ASSIGNEE) ? query.optionalId("assignee") : OptionalLong.empty();
        var label = known.contains(ReportParameter.LABEL) ? query.optionalText("label") : Optional.<String>empty();
        var priority = known.contains(ReportParameter.PRIORITY)
                ? query.optionalChoice("priority", PRIORITY)
                : Optional.<IssuePriority>empty();
        if (assignee.isPresent() && label.isPresent()) {
            query.reject("label", "must not be given together with assignee");
        }
        if (priority.isPresent() && (assignee.isPresent() || label.isPresent())) {
            query.reject("priority", "must not be given together with assignee or label");
        }
        if (assignee.isPresent()) {
            if (!log.exists(StreamName.user(assignee.getAsLong()))) {
                query.reject("assignee", "must be an existing user");
            }
            return Scope.ofAssignee(assignee.getAsLong());
        }
        if (label.isPresent()) {
            // PostgreSQL accepts no text with a NUL.
            if (label.get().indexOf('\0') >= 0 || !log.exists(StreamName.label(label.get()))) {
                query.reject("label", "must be an existing label");
            }
            return Scope.ofLabel(label.get());
        }
        return priority.map(Scope::ofPriority).orElse(Scope.ALL);
    }
}
