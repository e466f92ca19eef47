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
 * {@code GET /reports/cycle-time}: how long issues were worked on, counted when they are resolved.
 *
 * <p>The time starts when the issue is first in progress since its creation or last reopening. It continues if the
 * issue becomes open again. An issue that is resolved without having been in progress is not counted.
 */
@ReportEndpoint
final class CycleTimeReport implements Report {

    private final ReportQueries queries;
    private final DailyDurations durations;

    CycleTimeReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.durations = new DailyDurations(dataSource, CycleTimeProjection.TABLE);
    }

    @Override
    public Description description() {
        return Description.of(
                "cycle-time",
                "Seconds from the start of work (first in progress since creation or reopening) to resolution: mean,"
                        + " percentiles, histogram.",
                "?interval=week",
                FROM,
                TO,
                INTERVAL,
                ASSIGNEE,
                LABEL,
                PRIORITY);
    }

    @GetMapping("/reports/cycle-time")
    @ReadsProjection(value = CycleTimeProjection.NAME, cached = true)
    DurationSeries read(QueryParameters parameters) {
        return durations.read(queries.read(parameters, this));
    }
}
