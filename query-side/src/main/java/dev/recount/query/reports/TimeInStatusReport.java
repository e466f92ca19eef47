package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.FROM;
import static dev.recount.query.reports.ReportParameter.LABEL;
import static dev.recount.query.reports.ReportParameter.PRIORITY;
import static dev.recount.query.reports.ReportParameter.TO;

import dev.recount.events.IssueStatus;
import dev.recount.query.reports.Durations.Bucket;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.QueryParameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/time-in-status}: how long issues stayed in each status, counted when they leave it. */
@ReportEndpoint
final class TimeInStatusReport implements Report {

    private static final String SELECT = """
        SELECT status, sum(issue_count)::bigint AS issue_count, sum(total_micros) AS total_micros
        FROM time_in_status_day
        WHERE scope = :scope AND day BETWEEN :from AND :to
        GROUP BY status, bucket
        ORDER BY status, bucket
        """;

    private final ReportQueries queries;
    private final JdbcClient database;

    /**
     * As in {@link DurationFigures}.
     *
     * @param count how often an issue left the status in the period
     */
    record Row(
            IssueStatus status,
            long count,
            @Nullable BigDecimal averageSeconds,
            @Nullable BigDecimal p50Seconds,
            @Nullable BigDecimal p85Seconds,
            @Nullable BigDecimal p95Seconds) {

        static Row of(IssueStatus status, DurationFigures figures) {
            return new Row(
                    status,
                    figures.count(),
                    figures.averageSeconds(),
                    figures.p50Seconds(),
                    figures.p85Seconds(),
                    figures.p95Seconds());
        }
    }

    TimeInStatusReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.database = JdbcClient.create(dataSource);
    }

    @Override
    public Description description() {
        return Description.of(
                "time-in-status",
                "Seconds that issues had been in each status when they left it in the period: mean and percentiles.",
                "",
                FROM,
                TO,
                ASSIGNEE,
                LABEL,
                PRIORITY);
    }

    @GetMapping("/reports/time-in-status")
    @ReadsProjection(value = TimeInStatusProjection.NAME, cached = true)
    PeriodTable<Row> read(QueryParameters parameters) {
        var query = queries.read(parameters, this);
        var buckets = buckets(query);
        var rows = Stream.of(IssueStatus.values())
                .map(status ->
                        Row.of(status, DurationFigures.of(new Durations(buckets.getOrDefault(status, List.of())))))
                .toList();
        return PeriodTable.of(query, Row.class, rows);
    }

    private Map<IssueStatus, List<Bucket>> buckets(ReportQuery query) {
        var buckets = new EnumMap<IssueStatus, List<Bucket>>(IssueStatus.class);
        database.sql(SELECT)
                .param("scope", query.scope())
                .param("from", query.period().from())
                .param("to", query.period().to())
                .query(row -> {
                    buckets.computeIfAbsent(IssueStatus.of(row.getString("status")), _ -> new ArrayList<>())
                            .add(new Bucket(row.getLong("issue_count"), row.getBigDecimal("total_micros")));
                });
        return buckets;
    }
}
