package dev.recount.query.reports;

import dev.recount.query.reports.Durations.Bucket;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a table of durations by scope, day and class, summed for the intervals of a series, in one statement. Its cost
 * grows with the days and the classes, of which there are a few hundred, not with the issues.
 */
final class DailyDurations {

    private final JdbcClient database;
    private final String sql;

    DailyDurations(DataSource dataSource, String table) {
        this.database = JdbcClient.create(dataSource);
        this.sql = """
            SELECT date_trunc(:interval, day::timestamp)::date AS start, bucket,
                sum(issue_count)::bigint AS issue_count, sum(total_micros) AS total_micros
            FROM %s
            WHERE scope = :scope AND day BETWEEN :from AND :to
            GROUP BY 1, 2
            """.formatted(table);
    }

    DurationSeries read(ReportQuery query) {
        var byStart = new TreeMap<LocalDate, SortedMap<Integer, Bucket>>();
        var all = new TreeMap<Integer, Bucket>();
        database.sql(sql)
                .param("interval", query.interval().wireName())
                .param("scope", query.scope())
                .param("from", query.period().from())
                .param("to", query.period().to())
                .query(row -> {
                    var content = new Bucket(row.getLong("issue_count"), row.getBigDecimal("total_micros"));
                    var bucket = row.getInt("bucket");
                    byStart.computeIfAbsent(row.getObject("start", LocalDate.class), _ -> new TreeMap<>())
                            .put(bucket, content);
                    all.merge(bucket, content, Bucket::plus);
                });
        var rows = query.intervals().stream()
                .map(span -> row(span, byStart.get(query.interval().start(span.from()))))
                .toList();
        return new DurationSeries(
                query.period().from(),
                query.period().to(),
                query.interval(),
                figures(all),
                DurationHistogram.of(all),
                rows);
    }

    private static DurationFigures figures(SortedMap<Integer, Bucket> buckets) {
        return DurationFigures.of(new Durations(List.copyOf(buckets.values())));
    }

    private static DurationSeries.Row row(Span span, @Nullable SortedMap<Integer, Bucket> buckets) {
        return DurationSeries.Row.of(span, figures(buckets == null ? new TreeMap<>() : buckets));
    }
}
