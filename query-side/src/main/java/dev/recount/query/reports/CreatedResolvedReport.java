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

/** {@code GET /reports/created-resolved}: issues created and resolved in each interval, and unresolved at its end. */
@ReportEndpoint
final class CreatedResolvedReport implements Report {

    private final ReportQueries queries;
    private final DailySums days;

    /**
     * @param created issues created; {@code assignee} filters by the first assignee, {@code label} and {@code
     *     priority} by the present ones
     * @param resolved how often an issue became resolved or closed from another status; a later reopening does not
     *     reduce it
     * @param reopened how often a resolved or closed issue got another status
     * @param net created minus resolved
     * @param unresolvedAtEnd issues neither resolved nor closed at the end of the interval
     */
    record Row(
            LocalDate from, LocalDate to, long created, long resolved, long reopened, long net, long unresolvedAtEnd) {}

    CreatedResolvedReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.days = new DailySums(
                dataSource, CreatedResolvedProjection.TABLE, "created", "resolved", "reopened", "unresolved_change");
    }

    @Override
    public Description description() {
        return Description.of(
                "created-resolved",
                "Issues created against issues resolved, and how many were unresolved at the end of each interval.",
                "?interval=week",
                FROM,
                TO,
                INTERVAL,
                ASSIGNEE,
                LABEL,
                PRIORITY);
    }

    @GetMapping("/reports/created-resolved")
    @ReadsProjection(value = CreatedResolvedProjection.NAME, cached = true)
    Series<Row> read(QueryParameters parameters) {
        var query = queries.read(parameters, this);
        var rows = days.read(query).stream().map(CreatedResolvedReport::row).toList();
        return Series.of(query, Row.class, rows);
    }

    private static Row row(DailySums.Sums sums) {
        var created = sums.in("created");
        var resolved = sums.in("resolved");
        return new Row(
                sums.span().from(),
                sums.span().to(),
                created,
                resolved,
                sums.in("reopened"),
                created - resolved,
                sums.untilEnd("unresolved_change"));
    }
}
