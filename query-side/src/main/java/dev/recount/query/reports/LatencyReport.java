package dev.recount.query.reports;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import java.math.BigDecimal;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/latency}: the resolution times of the issues that are resolved or closed now. */
@JsonEndpoint
final class LatencyReport implements Report {

    private static final String SELECT = """
        SELECT issue_count, total_micros
        FROM resolution_bucket
        ORDER BY bucket
        """;

    private final JdbcClient database;

    /**
     * Resolution times in seconds; all but the count are null if there is no such issue.
     *
     * @param averageResolutionTime the exact mean, as text with six decimals
     */
    record Latency(
            @Nullable String averageResolutionTime,
            long resolvedCount,
            @Nullable BigDecimal p50Seconds,
            @Nullable BigDecimal p90Seconds,
            @Nullable BigDecimal p95Seconds,
            @Nullable BigDecimal p99Seconds) {

        static Latency of(Durations times) {
            return new Latency(
                    times.averageSeconds().map(BigDecimal::toPlainString).orElse(null),
                    times.issueCount(),
                    times.percentileSeconds(50).orElse(null),
                    times.percentileSeconds(90).orElse(null),
                    times.percentileSeconds(95).orElse(null),
                    times.percentileSeconds(99).orElse(null));
        }
    }

    LatencyReport(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    @Override
    public Description description() {
        return Description.ofJson(
                "latency",
                "How long it took, from creation to resolution, to resolve the issues that are resolved or closed"
                        + " now.");
    }

    @GetMapping("/reports/latency")
    @ReadsProjection(value = ResolutionProjection.NAME, cached = true)
    Latency read() {
        var buckets = database.sql(SELECT)
                .query((row, number) ->
                        new Durations.Bucket(row.getLong("issue_count"), row.getBigDecimal("total_micros")))
                .list();
        return Latency.of(new Durations(buckets));
    }
}
