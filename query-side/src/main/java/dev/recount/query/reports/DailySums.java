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
 * Reads a table of counters by scope and day, summed up for the intervals of a series: one statement, whose cost goes with
 * the days and not with the issues.
 */
final class DailySums {

    /** Where the sums of the days before the period are. */
    private static final LocalDate BEFORE = LocalDate.MIN;

    private final JdbcClient database;
    private final List<String> counters;
    private final String table;

    /** What was counted in an interval, and what has been counted from the beginning of the log to its end. */
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

    /** For every interval asked for, in order, also where nothing was counted. */
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
