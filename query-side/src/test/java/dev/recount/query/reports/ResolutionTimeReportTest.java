package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class ResolutionTimeReportTest {

    /**
     * On the 5th issue 1 takes 1 h and issue 2, created as closed, no time; on the 6th issue 1 is resolved again, 25 h after
     * its creation. (3,600 + 0 + 90,000) s / 3 = 31,200 s; the median is the 2nd of 0, 3,600 and 90,000 s, p85 and p95
     * the 3rd. An hour lies between 2,048 and 4,096 s, 25 hours between 65,536 and 131,072 s.
     */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, 2L)
                    .labelled("2026-01-05T10:30:00Z", 1, "bug")
                    .becomes("2026-01-05T11:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-05T12:00:00Z", 1, CLOSED)
                    .created("2026-01-05T12:00:00Z", 2, CLOSED, 2L)
                    .becomes("2026-01-06T09:00:00Z", 1, OPEN)
                    .labelled("2026-01-06T10:00:00Z", 1)
                    .becomes("2026-01-06T11:00:00Z", 1, RESOLVED);
            story.assertCsv(
                    "/reports/resolution-time?from=2026-01-05&to=2026-01-06",
                    "from,to,count,average_seconds,p50_seconds,p85_seconds,p95_seconds",
                    "2026-01-05,2026-01-05,2,1800.000000,0.000000,3600.000000,3600.000000",
                    "2026-01-06,2026-01-06,1,90000.000000,90000.000000,90000.000000,90000.000000");
            story.assertJson("/reports/resolution-time?from=2026-01-05&to=2026-01-06&interval=month&label=bug", """
                {"from": "2026-01-05", "to": "2026-01-06", "interval": "month",
                 "total": {"count": 1, "average_seconds": 3600.000000,
                  "p50_seconds": 3600.000000, "p85_seconds": 3600.000000, "p95_seconds": 3600.000000},
                 "histogram": [{"from_seconds": 2048, "to_seconds": 4096, "count": 1}],
                 "rows": [
                  {"from": "2026-01-05", "to": "2026-01-06", "count": 1, "average_seconds": 3600.000000,
                   "p50_seconds": 3600.000000, "p85_seconds": 3600.000000, "p95_seconds": 3600.000000}]}
                """);
            story.assertJson("/reports/resolution-time?from=2026-01-05&to=2026-01-11&interval=week&assignee=2", """
                {"from": "2026-01-05", "to": "2026-01-11", "interval": "week",
                 "total": {"count": 3, "average_seconds": 31200.000000,
                  "p50_seconds": 3600.000000, "p85_seconds": 90000.000000, "p95_seconds": 90000.000000},
                 "histogram": [
                  {"from_seconds": 0, "to_seconds": 1, "count": 1},
                  {"from_seconds": 1, "to_seconds": 2, "count": 0},
                  {"from_seconds": 2, "to_seconds": 4, "count": 0},
                  {"from_seconds": 4, "to_seconds": 8, "count": 0},
                  {"from_seconds": 8, "to_seconds": 16, "count": 0},
                  {"from_seconds": 16, "to_seconds": 32, "count": 0},
                  {"from_seconds": 32, "to_seconds": 64, "count": 0},
                  {"from_seconds": 64, "to_seconds": 128, "count": 0},
                  {"from_seconds": 128, "to_seconds": 256, "count": 0},
                  {"from_seconds": 256, "to_seconds": 512, "count": 0},
                  {"from_seconds": 512, "to_seconds": 1024, "count": 0},
                  {"from_seconds": 1024, "to_seconds": 2048, "count": 0},
                  {"from_seconds": 2048, "to_seconds": 4096, "count": 1},
                  {"from_seconds": 4096, "to_seconds": 8192, "count": 0},
                  {"from_seconds": 8192, "to_seconds": 16384, "count": 0},
                  {"from_seconds": 16384, "to_seconds": 32768, "count": 0},
                  {"from_seconds": 32768, "to_seconds": 65536, "count": 0},
                  {"from_seconds": 65536, "to_seconds": 131072, "count": 1}],
                 "rows": [
                  {"from": "2026-01-05", "to": "2026-01-11", "count": 3, "average_seconds": 31200.000000,
                   "p50_seconds": 3600.000000, "p85_seconds": 90000.000000, "p95_seconds": 90000.000000}]}
                """);
        }
    }
}
