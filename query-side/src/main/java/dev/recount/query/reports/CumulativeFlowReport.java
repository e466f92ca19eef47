package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.FROM;
import static dev.recount.query.reports.ReportParameter.INTERVAL;
import static dev.recount.query.reports.ReportParameter.LABEL;
import static dev.recount.query.reports.ReportParameter.PRIORITY;
import static dev.recount.query.reports.ReportParameter.TO;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.QueryParameters;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/cumulative-flow}: the number of issues in each status at the end of each interval. */
@ReportEndpoint
final class CumulativeFlowReport implements Report {

    private final ReportQueries queries;
    private final DailySums days;

    /** Issues by their status, assignee and labels at the end of the last day. */
    record Row(LocalDate from, LocalDate to, long open, long inProgress, long resolved, long closed) {}

    CumulativeFlowReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.days =
                new DailySums(dataSource, CumulativeFlowProjection.TABLE, "open", "in_progress", "resolved", "closed");
    }

    @Override
    public Description description() {
        return Description.of(
                "cumulative-flow",
                "Issues in each status at the end of each interval: the bands of a cumulative flow diagram.",
                "?interval=week",
                FROM,
                TO,
                INTERVAL,
                ASSIGNEE,
                LABEL,
                PRIORITY);
    }

    @GetMapping("/reports/cumulative-flow")
    @ReadsProjection(value = CumulativeFlowProjection.NAME, cached = true)
    Series<Row> read(QueryParameters parameters) {
        var query = queries.read(parameters, this);
        var rows = days.read(query).stream().map(CumulativeFlowReport::row).toList();
        return Series.of(query, Row.class, rows);
    }

    private static Row row(DailySums.Sums sums) {
        return new Row(
                sums.span().from(),
                sums.span().to(),
                sums.untilEnd("open"),
                sums.untilEnd("in_progress"),
                sums.untilEnd("resolved"),
                sums.untilEnd("closed"));
    }
}
