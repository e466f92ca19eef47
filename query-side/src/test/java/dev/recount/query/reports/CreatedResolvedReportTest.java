package dev.recount.query.reports;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;

import org.junit.jupiter.api.Test;

class CreatedResolvedReportTest {

    /**
     * Issue 1 comes on the 5th, is resolved on the 6th, closed on the 7th and reopened on the 9th. Issue 2 comes on the 5th
     * as resolved. Issue 3 comes on the 7th, goes from user 2 to user 3 on the 8th, and gets a label on the 9th.
     */
    @Test
    void a_worked_example() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T00:00:00Z", 1, OPEN, 2L)
                    .created("2026-01-05T23:59:59.999999Z", 2, RESOLVED, null)
                    .becomes("2026-01-06T10:00:00Z", 1, RESOLVED)
                    .becomes("2026-01-07T10:00:00Z", 1, CLOSED)
                    .created("2026-01-07T10:00:00Z", 3, OPEN, 2L)
                    .assigned("2026-01-08T10:00:00Z", 3, 3L)
                    .becomes("2026-01-09T10:00:00Z", 1, IN_PROGRESS)
                    .labelled("2026-01-09T11:00:00Z", 3, "bug");
            story.assertJson("/reports/created-resolved?from=2026-01-05&to=2026-01-09", """
                {"from": "2026-01-05", "to": "2026-01-09", "interval": "day", "rows": [
                 {"from": "2026-01-05", "to": "2026-01-05", "created": 2, "resolved": 1, "reopened": 0, "net": 1,
                  "unresolved_at_end": 1},
                 {"from": "2026-01-06", "to": "2026-01-06", "created": 0, "resolved": 1, "reopened": 0, "net": -1,
                  "unresolved_at_end": 0},
                 {"from": "2026-01-07", "to": "2026-01-07", "created": 1, "resolved": 0, "reopened": 0, "net": 1,
                  "unresolved_at_end": 1},
                 {"from": "2026-01-08", "to": "2026-01-08", "created": 0, "resolved": 0, "reopened": 0, "net": 0,
                  "unresolved_at_end": 1},
                 {"from": "2026-01-09", "to": "2026-01-09", "created": 0, "resolved": 0, "reopened": 1, "net": 0,
                  "unresolved_at_end": 2}]}
                """);
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-06&to=2026-01-12&interval=week",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-06,2026-01-11,1,1,1,0,2",
                    "2026-01-12,2026-01-12,0,0,0,0,2");
            // What user 2 had: 1 and 3 created, 1 resolved and reopened, 3 given away on the 8th.
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-05&to=2026-01-09&assignee=2",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-05,2026-01-05,1,0,0,1,1",
                    "2026-01-06,2026-01-06,0,1,0,-1,0",
                    "2026-01-07,2026-01-07,1,0,0,1,1",
                    "2026-01-08,2026-01-08,0,0,0,0,0",
                    "2026-01-09,2026-01-09,0,0,1,0,1");
            // Labels come after the creation: issue 3 counts as created on its day, and as unresolved since it has one.
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-07&to=2026-01-09&label=bug",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-07,2026-01-07,1,0,0,1,0",
                    "2026-01-08,2026-01-08,0,0,0,0,0",
                    "2026-01-09,2026-01-09,0,0,0,0,1");
            story.labelled("2026-01-10T11:00:00Z", 3);
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-01&to=2026-01-31&label=bug&interval=month",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-01,2026-01-31,0,0,0,0,0");
        }
    }

    @Test
    void an_issue_counts_for_the_labels_that_it_was_created_with() {
        try (var story = new ReportStory()) {
            story.importedWith("2026-01-05T10:00:00Z", 1, OPEN, "bug", "export")
                    .importedWith("2026-01-05T10:00:00Z", 2, RESOLVED, "bug")
                    .labelled("2026-01-06T10:00:00Z", 1, "export");
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-05&to=2026-01-06&label=bug",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-05,2026-01-05,1,1,0,0,1",
                    "2026-01-06,2026-01-06,0,0,0,0,0");
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-05&to=2026-01-06&label=export",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-05,2026-01-05,1,0,0,1,1",
                    "2026-01-06,2026-01-06,0,0,0,0,1");
        }
    }

    /** The creation moves to the priority that the issue has now; what happened to it stays with that of its time. */
    @Test
    void an_issue_counts_as_created_for_its_present_priority() {
        try (var story = new ReportStory()) {
            story.created("2026-01-05T10:00:00Z", 1, OPEN, null)
                    .prioritized("2026-01-06T10:00:00Z", 1, NONE, LOW)
                    .becomes("2026-01-06T11:00:00Z", 1, RESOLVED)
                    .prioritized("2026-01-06T12:00:00Z", 1, LOW, HIGH);
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-05&to=2026-01-06&priority=low",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-05,2026-01-05,0,0,0,0,0",
                    "2026-01-06,2026-01-06,0,1,0,-1,0");
            story.assertCsv(
                    "/reports/created-resolved?from=2026-01-05&to=2026-01-06&priority=high",
                    "from,to,created,resolved,reopened,net,unresolved_at_end",
                    "2026-01-05,2026-01-05,1,0,0,1,0",
                    "2026-01-06,2026-01-06,0,0,0,0,0");
        }
    }
}
