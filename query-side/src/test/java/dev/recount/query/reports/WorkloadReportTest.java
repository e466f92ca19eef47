package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class WorkloadReportTest {

    /** User 1 has no issue any more, but resolved one twice; user 3 never had any. */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, 1L)
                    .becomes("2026-01-06T10:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-07T10:00:00Z", 1, OPEN)
                    .becomes("2026-01-08T10:00:00Z", 1, CLOSED)
                    .created("2026-01-05T10:00:00Z", 2, OPEN, null)
                    .created("2026-01-05T10:00:00Z", 3, IN_PROGRESS, null)
                    .assigned("2026-01-06T10:00:00Z", 3, 2L)
                    .created("2026-01-05T10:00:00Z", 4, OPEN, 2L)
                    .created("2026-01-05T10:00:00Z", 5, CLOSED, null)
                    .created("2026-01-08T10:00:00Z", 6, IN_PROGRESS, 2L)
                    .becomes("2026-01-09T10:00:00Z", 6, CLOSED);
            story.assertJson("/reports/workload?from=2026-01-05&to=2026-01-08", """
                {"from": "2026-01-05", "to": "2026-01-08", "rows": [
                 {"assignee": 1, "open": 0, "in_progress": 0, "resolved": 2},
                 {"assignee": 2, "open": 1, "in_progress": 1, "resolved": 0},
                 {"assignee": null, "open": 1, "in_progress": 0, "resolved": 1}]}
                """);
            story.assertCsv(
                    "/reports/workload?from=2026-01-07&to=2026-01-09",
                    "assignee,open,in_progress,resolved",
                    "1,0,0,1",
                    "2,1,1,1",
                    ",1,0,0");
            story.assertCsv(
                    "/reports/workload?from=2026-01-07&to=2026-01-09&assignee=1",
                    "assignee,open,in_progress,resolved",
                    "1,0,0,1");
            story.assertCsv("/reports/workload?assignee=3", "assignee,open,in_progress,resolved");
        }
    }
}
