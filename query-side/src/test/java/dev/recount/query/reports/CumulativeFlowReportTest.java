package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class CumulativeFlowReportTest {

    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2025-12-20T10:00:00Z", 1, OPEN, null)
                    .created("2026-01-05T10:00:00Z", 2, OPEN, 2L)
                    .becomes("2026-01-05T11:00:00Z", 1, IN_PROGRESS)
                    .becomes("2026-01-06T10:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-06T11:00:00Z", 1, CLOSED)
                    .becomes("2026-01-06T12:00:00Z", 2, IN_PROGRESS)
                    .assigned("2026-01-08T10:00:00Z", 2, 3L);
            story.assertJson("/reports/cumulative-flow?from=2026-01-04&to=2026-01-06", """
                {"from": "2026-01-04", "to": "2026-01-06", "interval": "day", "rows": [
                 {"from": "2026-01-04", "to": "2026-01-04", "open": 1, "in_progress": 0, "resolved": 0, "closed": 0},
                 {"from": "2026-01-05", "to": "2026-01-05", "open": 1, "in_progress": 1, "resolved": 0, "closed": 0},
                 {"from": "2026-01-06", "to": "2026-01-06", "open": 0, "in_progress": 1, "resolved": 0, "closed": 1}]}
                """);
            story.assertCsv(
                    "/reports/cumulative-flow?from=2025-12-25&to=2026-01-31&interval=month",
                    "from,to,open,in_progress,resolved,closed",
                    "2025-12-25,2025-12-31,1,0,0,0",
                    "2026-01-01,2026-01-31,0,1,0,1");
            story.assertCsv(
                    "/reports/cumulative-flow?from=2026-01-07&to=2026-01-08&assignee=2",
                    "from,to,open,in_progress,resolved,closed",
                    "2026-01-07,2026-01-07,0,1,0,0",
                    "2026-01-08,2026-01-08,0,0,0,0");
        }
    }
}
