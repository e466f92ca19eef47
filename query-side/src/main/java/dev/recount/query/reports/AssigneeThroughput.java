package dev.recount.query.reports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads how often issues of each user were resolved. The cost grows with the days and with the users that have resolved
 * issues.
 */
final class AssigneeThroughput {

    /** User scopes lie between these two bounds, because the semicolon follows the colon. */
    private static final String SELECT = """
        SELECT date_trunc(:interval, day::timestamp)::date AS start, scope, sum(resolved)::bigint AS resolved
        FROM throughput_day
        WHERE (scope = 'all' OR scope >= 'assignee:' AND scope < 'assignee;') AND day BETWEEN :from AND :to
        GROUP BY 1, 2
        """;

    /** Stands for unassigned issues; sorted after all users. */
    private static final long NOBODY = Long.MAX_VALUE;

    private final JdbcClient database;

    /**
     * A user with resolved issues in the period, in one of its intervals.
     *
     * @param assignee null for unassigned issues
     */
    record Row(LocalDate from, LocalDate to, @Nullable Long assignee, long resolved) {}

    AssigneeThroughput(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    List<Row> read(ReportQuery query) {
        var byStart = byStart(query);
        var assignees = new TreeSet<Long>();
        byStart.values().forEach(counts -> assignees.addAll(counts.keySet()));
        var rows = new ArrayList<Row>();
        for (var span : query.intervals()) {
            var counts = byStart.getOrDefault(query.interval().start(span.from()), Map.of());
            for (var assignee : assignees) {
                var user = assignee == NOBODY ? null : assignee;
                rows.add(new Row(span.from(), span.to(), user, counts.getOrDefault(assignee, 0L)));
            }
        }
        return rows;
    }

    /** Unassigned issues have the count of all issues less the counts of all users. */
    private Map<LocalDate, Map<Long, Long>> byStart(ReportQuery query) {
        var byStart = new HashMap<LocalDate, Map<Long, Long>>();
        database.sql(SELECT)
                .param("interval", query.interval().wireName())
                .param("from", query.period().from())
                .param("to", query.period().to())
                .query(row -> {
                    var counts = byStart.computeIfAbsent(row.getObject("start", LocalDate.class), _ -> new TreeMap<>());
                    var assignee = Scope.assigneeOf(row.getString("scope"));
                    var resolved = row.getLong("resolved");
                    counts.merge(NOBODY, assignee.isEmpty() ? resolved : -resolved, Long::sum);
                    assignee.ifPresent(user -> counts.put(user, resolved));
                });
        byStart.values().forEach(counts -> counts.values().removeIf(count -> count == 0));
        return byStart;
    }
}
