package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class TimeInStatusReportTest {

    /**
     * Open: issue 1 for 10 s, issue 2 for 30 s, mean 20 s. In progress: issue 1 for 60 s; it was assigned meanwhile, which
     * ends no stay. Resolved: issue 1 for 100 s. Closed: issue 1 still is; issue 2 left it on the 7th, after the period.
     */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, null)
                    .becomes("2026-01-05T10:00:10Z", 1, IN_PROGRESS)
                    .assigned("2026-01-05T10:00:30Z", 1, 2L)
                    .becomes("2026-01-05T10:01:10Z", 1, RESOLVED)
                    .becomes("2026-01-05T10:02:50Z", 1, CLOSED)
                    .created("2026-01-05T23:59:45Z", 2, OPEN, 3L)
                    .becomes("2026-01-06T00:00:15Z", 2, CLOSED)
                    .becomes("2026-01-07T00:00:15Z", 2, OPEN);
            story.assertJson("/reports/time-in-status?from=2026-01-05&to=2026-01-06", """
                {"from": "2026-01-05", "to": "2026-01-06", "rows": [
                 {"status": "open", "count": 2, "average_seconds": 20.000000,
                  "p50_seconds": 10.000000, "p85_seconds": 30.000000, "p95_seconds": 30.000000},
                 {"status": "in_progress", "count": 1, "average_seconds": 60.000000,
                  "p50_seconds": 60.000000, "p85_seconds": 60.000000, "p95_seconds": 60.000000},
                 {"status": "resolved", "count": 1, "average_seconds": 100.000000,
                  "p50_seconds": 100.000000, "p85_seconds": 100.000000, "p95_seconds": 100.000000},
                 {"status": "closed", "count": 0, "average_seconds": null,
                  "p50_seconds": null, "p85_seconds": null, "p95_seconds": null}]}
                """);
            story.assertCsv(
                    "/reports/time-in-status?from=2026-01-06&to=2026-01-07&assignee=3",
                    "status,count,average_seconds,p50_seconds,p85_seconds,p95_seconds",
                    "open,1,30.000000,30.000000,30.000000,30.000000",
                    "in_progress,0,,,,",
                    "resolved,0,,,,",
                    "closed,1,86400.000000,86400.000000,86400.000000,86400.000000");
        }
    }
}
