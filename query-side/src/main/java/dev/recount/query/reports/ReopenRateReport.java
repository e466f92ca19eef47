package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.FROM;
import static dev.recount.query.reports.ReportParameter.INTERVAL;
import static dev.recount.query.reports.ReportParameter.LABEL;
import static dev.recount.query.reports.ReportParameter.PRIORITY;
import static dev.recount.query.reports.ReportParameter.TO;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.QueryParameters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/reopen-rate}: the share of resolutions that did not last. */
@ReportEndpoint
final class ReopenRateReport implements Report {

    private static final int RATE_DIGITS = 4;

    private final ReportQueries queries;
    private final DailySums days;

    /**
     * @param resolved how often an issue became resolved or closed from another status
     * @param reopened how often a resolved or closed issue got another status, whenever it was resolved
     * @param rate reopened divided by resolved, with four decimals; null if nothing was resolved
     */
    record Row(
            LocalDate from,
            LocalDate to,
            long resolved,
            long reopened,
            @Nullable BigDecimal rate) {}

    ReopenRateReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.days = new DailySums(dataSource, ReopenRateProjection.TABLE, "resolved", "reopened");
    }

    @Override
    public Description description() {
        return Description.of(
                "reopen-rate",
                "Issues reopened as a share of issues resolved in the same interval.",
                "?interval=month",
                FROM,
                TO,
                INTERVAL,
                ASSIGNEE,
                LABEL,
                PRIORITY);
    }

    @GetMapping("/reports/reopen-rate")
    @ReadsProjection(value = ReopenRateProjection.NAME, cached = true)
    Series<Row> read(QueryParameters parameters) {
        var query = queries.read(parameters, this);
        var rows = days.read(query).stream().map(ReopenRateReport::row).toList();
        return Series.of(query, Row.class, rows);
    }

    private static Row row(DailySums.Sums sums) {
        var resolved = sums.in("resolved");
        var reopened = sums.in("reopened");
        var rate = resolved == 0
                ? null
                : BigDecimal.valueOf(reopened).divide(BigDecimal.valueOf(resolved), RATE_DIGITS, RoundingMode.HALF_UP);
        return new Row(sums.span().from(), sums.span().to(), resolved, reopened, rate);
    }
}
