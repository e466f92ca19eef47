package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class ReopenRateReportTest {

    /** In January three resolutions (one at the creation) and two reopenings: 2 / 3; in February a reopening alone. */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, 2L)
                    .becomes("2026-01-06T10:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-07T10:00:00Z", 1, OPEN)
                    .becomes("2026-01-08T10:00:00Z", 1, CLOSED)
                    .becomes("2026-01-09T10:00:00Z", 1, RESOLVED)
                    .created("2026-01-10T10:00:00Z", 2, CLOSED, null)
                    .becomes("2026-01-11T10:00:00Z", 2, IN_PROGRESS)
                    .becomes("2026-01-12T10:00:00Z", 2, OPEN)
                    .becomes("2026-02-01T10:00:00Z", 1, OPEN);
            story.assertJson("/reports/reopen-rate?from=2026-01-01&to=2026-02-28&interval=month", """
                {"from": "2026-01-01", "to": "2026-02-28", "interval": "month", "rows": [
                 {"from": "2026-01-01", "to": "2026-01-31", "resolved": 3, "reopened": 2, "rate": 0.6667},
                 {"from": "2026-02-01", "to": "2026-02-28", "resolved": 0, "reopened": 1, "rate": null}]}
                """);
            story.assertCsv(
                    "/reports/reopen-rate?from=2026-01-01&to=2026-02-28&interval=month&assignee=2",
                    "from,to,resolved,reopened,rate",
                    "2026-01-01,2026-01-31,2,1,0.5000",
                    "2026-02-01,2026-02-28,0,1,");
        }
    }
}
