package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.FROM;
import static dev.recount.query.reports.ReportParameter.INTERVAL;
import static dev.recount.query.reports.ReportParameter.LABEL;
import static dev.recount.query.reports.ReportParameter.PRIORITY;
import static dev.recount.query.reports.ReportParameter.TO;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.QueryParameters;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code GET /reports/resolution-time}: the times from creation to resolution, counted when issues are resolved.
 *
 * <p>An issue that is reopened and resolved again counts again on that day, with the whole time since its creation. An
 * issue that is created as resolved or closed took no time.
 */
@ReportEndpoint
final class ResolutionTimeReport implements Report {

    private final ReportQueries queries;
    private final DailyDurations durations;

    ResolutionTimeReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.durations = new DailyDurations(dataSource, ResolutionTimeProjection.TABLE);
    }

    @Override
    public Description description() {
        return Description.of(
                "resolution-time",
                "Seconds from creation to resolution of the issues resolved in the period: mean, percentiles,"
                        + " histogram.",
                "?interval=week",
                FROM,
                TO,
                INTERVAL,
                ASSIGNEE,
                LABEL,
                PRIORITY);
    }

    @GetMapping("/reports/resolution-time")
    @ReadsProjection(value = ResolutionTimeProjection.NAME, cached = true)
    DurationSeries read(QueryParameters parameters) {
        return durations.read(queries.read(parameters, this));
    }
}
