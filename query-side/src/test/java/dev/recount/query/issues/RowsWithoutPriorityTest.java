package dev.recount.query.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.scan.Migrations;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.timetravel.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that were written before issues had priorities, and are read by code that knows them. */
class RowsWithoutPriorityTest {

    private static final String LAST_WITHOUT_PRIORITY = "43";

    /** Two open issues, of which user 2 got the first at position 2. */
    private static final List<String> ROWS = List.of(
            """
            INSERT INTO issue_row (id, title, description, status, assignee, version, created_at, updated_at, sequence)
            VALUES (1, 'One', '', 'open', 2, 2, '2026-01-09T12:00:00Z', '2026-01-09T12:00:00Z', 1),
                (2, 'Two', '', 'open', NULL, 1, '2026-01-09T12:00:00Z', '2026-01-09T12:00:00Z', 0)
            """,
            """
            INSERT INTO issue_count (scope, count)
            VALUES ('all', 2), ('status:open', 2), ('assignee:2', 1), ('status:open,assignee:2', 1)
            """,
            """
            INSERT INTO issue_state (issue_id, from_position, sequence, title, status, assignee, version, edited,
                created_at, updated_at, labels, withdrawn, status_before, assignee_before)
            VALUES
                (1, 1, 0, 'One', 'open', NULL, 1, true,
                    '2026-01-09T12:00:00Z', '2026-01-09T12:00:00Z', '[]', false, NULL, NULL),
                (1, 2, 1, 'One', 'open', 2, 2, true,
                    '2026-01-09T12:00:00Z', '2026-01-09T12:00:00Z', '[]', false, 'open', NULL),
                (2, 3, 0, 'Two', 'open', NULL, 1, true,
                    '2026-01-09T12:00:00Z', '2026-01-09T12:00:00Z', '[]', false, NULL, NULL)
            """,
            "INSERT INTO issue_state_count (block, status, assignee, difference) VALUES (0, 'open', 2, 1), (0, 'open',"
                    + " 0, 1)",
            """
            INSERT INTO throughput_issue (issue_id, created_at, status, status_since, labels, sequence)
            VALUES (1, '2026-01-09T12:00:00Z', 'open', '2026-01-09T12:00:00Z', '{}', 0)
            """);

    @Test
    void issues_have_the_priority_none_in_the_present_and_the_past() {
        try (var database = TestDatabase.fresh()) {
            var source = database.dataSource();
            Migrations.migrate(source, "event_store");
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:dev/recount/migrations/query_side")
                    .table("migrations_query_side")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .target(LAST_WITHOUT_PRIORITY)
                    .load()
                    .migrate();
            var sql = JdbcClient.create(source);
            ROWS.forEach(rows -> sql.sql(rows).update());
            Migrations.migrate(source, "query_side");

            var present = new IssueList(source, new PageStart(source));
            var past = new PastIssueList(source);
            var laterBlock = new AsOf(IssueHistoryTables.BLOCK, Instant.parse("2026-01-10T00:00:00Z"), true);
            var sameBlock = new AsOf(3, Instant.parse("2026-01-10T00:00:00Z"), true);
            for (var filter : List.of(with(OptionalLong.empty(), "none"), with(OptionalLong.of(2), "none"))) {
                var slice = present.slice(filter, 0, 10);
                assertThat(slice.count()).isEqualTo(filter.assignee().isPresent() ? 1 : 2);
                assertThat(slice.issues())
                        .hasSize((int) slice.count())
                        .allMatch(issue -> issue.priority().equals("none"));
                assertThat(past.slice(sameBlock, filter, 0, 10)).isEqualTo(slice);
                assertThat(past.slice(laterBlock, filter, 0, 10)).isEqualTo(slice);
            }
            var urgent = with(OptionalLong.empty(), "urgent");
            assertThat(present.slice(urgent, 0, 10).count()).isZero();
            assertThat(past.slice(laterBlock, urgent, 0, 10).count()).isZero();
            assertThat(sql.sql("SELECT priority FROM throughput_issue")
                            .query(String.class)
                            .list())
                    .containsExactly("none");
        }
    }

    private static IssueFilter with(OptionalLong assignee, String priority) {
        return new IssueFilter(Optional.of(IssueStatus.OPEN), assignee, Optional.of(IssuePriority.of(priority)));
    }
}
