package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.BY;
import static dev.recount.query.reports.ReportParameter.FROM;
import static dev.recount.query.reports.ReportParameter.INTERVAL;
import static dev.recount.query.reports.ReportParameter.LABEL;
import static dev.recount.query.reports.ReportParameter.PRIORITY;
import static dev.recount.query.reports.ReportParameter.TO;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.Choice;
import dev.recount.web.QueryParameters;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/throughput}: how often issues were resolved in each interval, in total or per user. */
@ReportEndpoint
final class ThroughputReport implements Report {

    private static final Choice<ReportParameter> BY_WHAT =
            Choice.of(new ReportParameter[] {ASSIGNEE}, ReportParameter::wireName);

    private final ReportQueries queries;
    private final DailySums days;
    private final AssigneeThroughput byAssignee;

    /**
     * @param resolved how often an issue became resolved or closed from another status; a later reopening does not
     *     reduce it
     */
    record Row(LocalDate from, LocalDate to, long resolved) {}

    ThroughputReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.days = new DailySums(dataSource, ThroughputProjection.TABLE, "resolved");
        this.byAssignee = new AssigneeThroughput(dataSource);
    }

    @Override
    public Description description() {
        return Description.of(
                "throughput",
                "Issues resolved in each interval, together or for each assignee apart.",
                "?interval=week&by=assignee",
                FROM,
                TO,
                INTERVAL,
                ASSIGNEE,
                LABEL,
                PRIORITY,
                BY);
    }

    @GetMapping("/reports/throughput")
    @ReadsProjection(value = ThroughputProjection.NAME, cached = true)
    Series<?> read(QueryParameters parameters) {
        var by = parameters.optionalChoice("by", BY_WHAT);
        if (by.isPresent()
                && (parameters.optionalText("assignee").isPresent()
                        || parameters.optionalText("label").isPresent()
                        || parameters.optionalText("priority").isPresent())) {
            parameters.reject("by", "must not be given together with assignee, label or priority");
        }
        var query = queries.read(parameters, this);
        return by.isPresent()
                ? Series.of(query, AssigneeThroughput.Row.class, byAssignee.read(query))
                : Series.of(query, Row.class, rows(query));
    }

    private List<Row> rows(ReportQuery query) {
        return days.read(query).stream()
                .map(sums -> new Row(sums.span().from(), sums.span().to(), sums.in("resolved")))
                .toList();
    }
}
