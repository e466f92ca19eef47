package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.FROM;
import static dev.recount.query.reports.ReportParameter.TO;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.QueryParameters;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/workload}: each user's present work, and what was resolved in a period. */
@ReportEndpoint
final class WorkloadReport implements Report {

    private static final String SELECT = """
        SELECT nullif(assignee, 0) AS assignee, coalesce(open, 0) AS open, coalesce(in_progress, 0) AS in_progress,
            coalesce(done.resolved, 0) AS resolved
        FROM workload_now
        FULL JOIN (
            SELECT assignee, sum(resolved)::bigint AS resolved
            FROM workload_day
            WHERE day BETWEEN :from AND :to
            GROUP BY assignee
        ) AS done USING (assignee)
        WHERE :scope = 'all' OR :scope = 'assignee:' || assignee
        ORDER BY assignee NULLS LAST
        """;

    private final ReportQueries queries;
    private final JdbcClient database;

    /**
     * A user with present or resolved issues.
     *
     * @param assignee null for unassigned issues
     * @param open the user's issues that are open now
     * @param inProgress the user's issues that are in progress now
     * @param resolved how often an issue of the user became resolved or closed in the period
     */
    record Row(@Nullable Long assignee, long open, long inProgress, long resolved) {}

    WorkloadReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.database = JdbcClient.create(dataSource);
    }

    @Override
    public Description description() {
        return Description.of(
                "workload",
                "For each assignee the issues open and in progress now, and those resolved in the period.",
                "",
                FROM,
                TO,
                ASSIGNEE);
    }

    @GetMapping("/reports/workload")
    @ReadsProjection(value = WorkloadProjection.NAME, cached = true)
    PeriodTable<Row> read(QueryParameters parameters) {
        var query = queries.read(parameters, this);
        return PeriodTable.of(query, Row.class, rows(query));
    }

    private List<Row> rows(ReportQuery query) {
        return database.sql(SELECT)
                .param("from", query.period().from())
                .param("to", query.period().to())
                .param("scope", query.scope())
                .query((row, _) -> new Row(
                        row.getObject("assignee", Long.class),
                        row.getLong("open"),
                        row.getLong("in_progress"),
                        row.getLong("resolved")))
                .list();
    }
}
