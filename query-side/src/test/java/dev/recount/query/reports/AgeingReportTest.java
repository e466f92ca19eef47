package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class AgeingReportTest {

    /** It is 15 February 2026. */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-02-15T11:00:00Z", 1, OPEN, null)
                    .created("2026-02-14T23:59:59Z", 2, OPEN, 2L)
                    .created("2026-02-09T00:00:00Z", 3, IN_PROGRESS, 2L)
                    .created("2026-02-08T23:00:00Z", 4, OPEN, 2L)
                    .created("2026-01-20T00:00:00Z", 5, OPEN, null)
                    .becomes("2026-01-21T00:00:00Z", 5, RESOLVED)
                    .created("2025-02-15T00:00:00Z", 6, OPEN, null)
                    .becomes("2025-03-15T00:00:00Z", 6, RESOLVED)
                    .becomes("2025-04-15T00:00:00Z", 6, IN_PROGRESS)
                    .labelled("2026-02-10T00:00:00Z", 6, "bug")
                    .created("2026-02-16T00:00:00Z", 7, OPEN, null);
            story.assertJson("/reports/ageing", """
                {"today": "2026-02-15", "rows": [
                 {"from_days": 0, "to_days": 0, "unresolved": 2},
                 {"from_days": 1, "to_days": 6, "unresolved": 2},
                 {"from_days": 7, "to_days": 13, "unresolved": 1},
                 {"from_days": 14, "to_days": 29, "unresolved": 0},
                 {"from_days": 30, "to_days": 89, "unresolved": 0},
                 {"from_days": 90, "to_days": 179, "unresolved": 0},
                 {"from_days": 180, "to_days": 364, "unresolved": 0},
                 {"from_days": 365, "to_days": null, "unresolved": 1}]}
                """);
            story.assertCsv(
                    "/reports/ageing?label=bug",
                    "from_days,to_days,unresolved",
                    "0,0,0",
                    "1,6,0",
                    "7,13,0",
                    "14,29,0",
                    "30,89,0",
                    "90,179,0",
                    "180,364,0",
                    "365,,1");
            story.assigned("2026-02-15T11:30:00Z", 2, 3L);
            story.assertCsv(
                    "/reports/ageing?assignee=2",
                    "from_days,to_days,unresolved",
                    "0,0,0",
                    "1,6,1",
                    "7,13,1",
                    "14,29,0",
                    "30,89,0",
                    "90,179,0",
                    "180,364,0",
                    "365,,0");
        }
    }
}
