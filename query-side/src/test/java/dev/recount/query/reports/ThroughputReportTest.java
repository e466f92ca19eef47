package dev.recount.query.reports;

import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssuePriority.URGENT;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class ThroughputReportTest {

    /** Three resolutions in the week from Monday the 5th (one of issue 2, two of issue 1), one in the next week. */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, 2L)
                    .created("2026-01-05T10:00:00Z", 2, OPEN, null)
                    .becomes("2026-01-06T10:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-06T11:00:00Z", 1, CLOSED)
                    .becomes("2026-01-07T10:00:00Z", 2, CLOSED)
                    .becomes("2026-01-08T10:00:00Z", 1, OPEN)
                    .assigned("2026-01-08T11:00:00Z", 1, 3L)
                    .labelled("2026-01-08T12:00:00Z", 1, "export", "bug")
                    .becomes("2026-01-11T23:59:59Z", 1, CLOSED)
                    .created("2026-01-12T00:00:00Z", 3, RESOLVED, 3L);
            story.assertJson("/reports/throughput?from=2026-01-01&to=2026-01-14&interval=week", """
                {"from": "2026-01-01", "to": "2026-01-14", "interval": "week", "rows": [
                 {"from": "2026-01-01", "to": "2026-01-04", "resolved": 0},
                 {"from": "2026-01-05", "to": "2026-01-11", "resolved": 3},
                 {"from": "2026-01-12", "to": "2026-01-14", "resolved": 1}]}
                """);
            story.assertCsv(
                    "/reports/throughput?from=2026-01-05&to=2026-01-14&interval=week&by=assignee",
                    "from,to,assignee,resolved",
                    "2026-01-05,2026-01-11,2,1",
                    "2026-01-05,2026-01-11,3,1",
                    "2026-01-05,2026-01-11,,1",
                    "2026-01-12,2026-01-14,2,0",
                    "2026-01-12,2026-01-14,3,1",
                    "2026-01-12,2026-01-14,,0");
            story.assertCsv(
                    "/reports/throughput?from=2026-01-01&to=2026-01-31&interval=month&assignee=3",
                    "from,to,resolved",
                    "2026-01-01,2026-01-31,2");
            story.assertCsv(
                    "/reports/throughput?from=2026-01-01&to=2026-01-31&interval=month&label=bug",
                    "from,to,resolved",
                    "2026-01-01,2026-01-31,1");
            story.assertCsv(
                    "/reports/throughput?from=2025-01-01&to=2025-01-31&by=assignee", "from,to,assignee,resolved");
        }
    }

    /** Issue 1 is resolved as urgent and again as low, issue 2 without a priority that it had and gets again. */
    @Test
    void a_resolution_counts_for_the_priority_of_that_time() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, null)
                    .created("2026-01-05T10:00:00Z", 2, OPEN, null)
                    .prioritized("2026-01-05T11:00:00Z", 1, NONE, URGENT)
                    .prioritized("2026-01-05T11:00:00Z", 2, NONE, URGENT)
                    .prioritized("2026-01-05T12:00:00Z", 2, URGENT, NONE)
                    .becomes("2026-01-06T10:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-06T10:00:00Z", 2, RESOLVED)
                    .prioritized("2026-01-06T11:00:00Z", 2, NONE, URGENT)
                    .becomes("2026-01-06T12:00:00Z", 1, OPEN)
                    .prioritized("2026-01-06T13:00:00Z", 1, URGENT, LOW)
                    .becomes("2026-01-12T10:00:00Z", 1, CLOSED);
            story.assertCsv(
                    "/reports/throughput?from=2026-01-05&to=2026-01-14&interval=week&priority=urgent",
                    "from,to,resolved",
                    "2026-01-05,2026-01-11,1",
                    "2026-01-12,2026-01-14,0");
            story.assertCsv(
                    "/reports/throughput?from=2026-01-05&to=2026-01-14&interval=week&priority=low",
                    "from,to,resolved",
                    "2026-01-05,2026-01-11,0",
                    "2026-01-12,2026-01-14,1");
        }
    }
}
