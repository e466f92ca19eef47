package dev.recount.query.reports;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a table of counters by scope and day, summed for the intervals of a series, in one statement. Its cost grows
 * with the days, not with the issues.
 */
final class DailySums {

    /** Key of the sums of all days before the period. */
    private static final LocalDate BEFORE = LocalDate.MIN;

    private final JdbcClient database;
    private final List<String> counters;
    private final String table;

    /** The counts within an interval, and the counts from the beginning of the log to the end of the interval. */
    record Sums(Span span, Map<String, Long> inInterval, Map<String, Long> untilEnd) {

        long in(String counter) {
            return inInterval.getOrDefault(counter, 0L);
        }

        long untilEnd(String counter) {
            return untilEnd.getOrDefault(counter, 0L);
        }
    }

    DailySums(DataSource dataSource, String table, String... counters) {
        this.database = JdbcClient.create(dataSource);
        this.table = table;
        this.counters = List.of(counters);
    }

    /** The sums of every requested interval in order, including empty ones. */
    List<Sums> read(ReportQuery query) {
        var sums = byStart(query);
        var total = new HashMap<>(sums.getOrDefault(BEFORE, Map.of()));
        var rows = new ArrayList<Sums>();
        for (var span : query.intervals()) {
            var inInterval = sums.getOrDefault(query.interval().start(span.from()), Map.of());
            inInterval.forEach((counter, sum) -> total.merge(counter, sum, Long::sum));
            rows.add(new Sums(span, inInterval, Map.copyOf(total)));
        }
        return rows;
    }

    private Map<LocalDate, Map<String, Long>> byStart(ReportQuery query) {
        var sql = """
            SELECT CASE WHEN day >= :from THEN date_trunc(:interval, day::timestamp)::date END AS start, %s
            FROM %s
            WHERE scope = :scope AND day <= :to
            GROUP BY 1
            """.formatted(
                counters.stream().map("sum(%1$s)::bigint AS %1$s"::formatted).collect(joining(", ")), table);
        var sums = new HashMap<LocalDate, Map<String, Long>>();
        database.sql(sql)
                .param("from", query.period().from())
                .param("to", query.period().to())
                .param("interval", query.interval().wireName())
                .param("scope", query.scope())
                .query(row -> {
                    var start = row.getObject("start", LocalDate.class);
                    sums.put(start == null ? BEFORE : start, counts(row));
                });
        return sums;
    }

    private Map<String, Long> counts(ResultSet row) throws SQLException {
        var counts = new HashMap<String, Long>();
        for (var counter : counters) {
            counts.put(counter, row.getLong(counter));
        }
        return counts;
    }
}
