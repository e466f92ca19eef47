package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class CycleTimeReportTest {

    /**
     * Issue 1 is worked on for 10 s, laid aside and taken up again within them. Issue 2 is created in progress and takes
     * 30 s; reopened, it is taken up anew and takes 20 s. Issue 3 is resolved without having been in progress. So there
     * are 10 s and 30 s on the 5th, 20 s on the 6th: 60 s / 3 = 20 s, and by the nearest rank p50 is the 2nd, p85 and p95
     * the 3rd of 10, 20 and 30 s.
     */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, 2L)
                    .becomes("2026-01-05T11:00:00Z", 1, IN_PROGRESS)
                    .becomes("2026-01-05T11:00:02Z", 1, OPEN)
                    .becomes("2026-01-05T11:00:05Z", 1, IN_PROGRESS)
                    .becomes("2026-01-05T11:00:10Z", 1, RESOLVED)
                    .created("2026-01-05T12:00:00Z", 2, IN_PROGRESS, null)
                    .becomes("2026-01-05T12:00:30Z", 2, CLOSED)
                    .becomes("2026-01-06T09:00:00Z", 2, OPEN)
                    .becomes("2026-01-06T10:00:00Z", 2, IN_PROGRESS)
                    .becomes("2026-01-06T10:00:20Z", 2, RESOLVED)
                    .created("2026-01-05T13:00:00Z", 3, OPEN, 2L)
                    .becomes("2026-01-05T13:00:50Z", 3, RESOLVED);
            story.assertJson("/reports/cycle-time?from=2026-01-05&to=2026-01-07", """
                {"from": "2026-01-05", "to": "2026-01-07", "interval": "day",
                 "total": {"count": 3, "average_seconds": 20.000000,
                  "p50_seconds": 20.000000, "p85_seconds": 30.000000, "p95_seconds": 30.000000},
                 "histogram": [
                  {"from_seconds": 8, "to_seconds": 16, "count": 1},
                  {"from_seconds": 16, "to_seconds": 32, "count": 2}],
                 "rows": [
                  {"from": "2026-01-05", "to": "2026-01-05", "count": 2, "average_seconds": 20.000000,
                   "p50_seconds": 10.000000, "p85_seconds": 30.000000, "p95_seconds": 30.000000},
                  {"from": "2026-01-06", "to": "2026-01-06", "count": 1, "average_seconds": 20.000000,
                   "p50_seconds": 20.000000, "p85_seconds": 20.000000, "p95_seconds": 20.000000},
                  {"from": "2026-01-07", "to": "2026-01-07", "count": 0, "average_seconds": null,
                   "p50_seconds": null, "p85_seconds": null, "p95_seconds": null}]}
                """);
            story.assertCsv(
                    "/reports/cycle-time?from=2026-01-05&to=2026-01-12&interval=week&assignee=2",
                    "from,to,count,average_seconds,p50_seconds,p85_seconds,p95_seconds",
                    "2026-01-05,2026-01-11,1,10.000000,10.000000,10.000000,10.000000",
                    "2026-01-12,2026-01-12,0,,,,");
        }
    }
}
