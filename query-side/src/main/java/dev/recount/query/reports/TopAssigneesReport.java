package dev.recount.query.reports;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports/top-assignees}: the number of issues of each user, in any status, highest first. */
@JsonEndpoint
final class TopAssigneesReport implements Report {

    private static final String SELECT = """
        SELECT assignee, issue_count
        FROM assignee_count
        ORDER BY issue_count DESC, assignee
        """;

    private final JdbcClient database;

    /** A user with at least one issue. */
    record Row(long assignee, long issueCount) {}

    TopAssigneesReport(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    @Override
    public Description description() {
        return Description.ofJson(
                "top-assignees", "How many issues each user has, in whatever status, the most first.");
    }

    @GetMapping("/reports/top-assignees")
    @ReadsProjection(value = AssigneeCountProjection.NAME, cached = true)
    List<Row> read() {
        return database.sql(SELECT)
                .query((row, number) -> new Row(row.getLong("assignee"), row.getLong("issue_count")))
                .list();
    }
}
