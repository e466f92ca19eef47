package dev.recount.query.reports;

import static dev.recount.query.reports.ReportParameter.ASSIGNEE;
import static dev.recount.query.reports.ReportParameter.LABEL;
import static dev.recount.query.reports.ReportParameter.PRIORITY;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.QueryParameters;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/ageing}: the ages of the issues that are neither resolved nor closed now. */
@ReportEndpoint
final class AgeingReport implements Report {

    /** The first day of each class. */
    private static final List<Integer> CLASSES = List.of(0, 1, 7, 14, 30, 90, 180, 365);

    private static final String SELECT = """
        SELECT created_day, unresolved
        FROM ageing_day
        WHERE scope = :scope
        """;

    private final ReportQueries queries;
    private final JdbcClient database;

    /**
     * Unresolved issues by age: the number of days, in UTC, since the day of their creation.
     *
     * @param toDays the highest age of the class, in days; null for the last class
     */
    record Row(int fromDays, @Nullable Integer toDays, long unresolved) {}

    /** @param today the day, in UTC, up to which ages are counted */
    record Ages(LocalDate today, List<Row> rows) implements ReportTable<Row> {
        @Override
        public Class<Row> rowType() {
            return Row.class;
        }
    }

    AgeingReport(ReportQueries queries, DataSource dataSource) {
        this.queries = queries;
        this.database = JdbcClient.create(dataSource);
    }

    @Override
    public Description description() {
        return Description.of(
                "ageing", "Issues that are unresolved now, by their age in days.", "", ASSIGNEE, LABEL, PRIORITY);
    }

    @GetMapping("/reports/ageing")
    @ReadsProjection(value = AgeingProjection.NAME, cached = true)
    Ages read(QueryParameters parameters) {
        var query = queries.read(parameters, this);
        var today = queries.today();
        var counts = new TreeMap<Integer, Long>();
        database.sql(SELECT).param("scope", query.scope()).query(row -> {
            // The clock that recorded the event may be ahead of the local one.
            var age = Math.max(0, ChronoUnit.DAYS.between(row.getObject("created_day", LocalDate.class), today));
            counts.merge(classOf(age), row.getLong("unresolved"), Long::sum);
        });
        var rows = new ArrayList<Row>();
        for (var i = 0; i < CLASSES.size(); i++) {
            var to = i + 1 < CLASSES.size() ? CLASSES.get(i + 1) - 1 : null;
            rows.add(new Row(CLASSES.get(i), to, counts.getOrDefault(i, 0L)));
        }
        return new Ages(today, rows);
    }

    private static int classOf(long days) {
        var last = CLASSES.size() - 1;
        while (CLASSES.get(last) > days) {
            last--;
        }
        return last;
    }
}
