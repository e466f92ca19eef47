package dev.recount.query.issues;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.Label;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One issue that changes hour by hour from noon on, and later reads as of each hour. */
class PastIssuesOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Label BUG = new Label(4, "bug");
    private static final Label UI = new Label(9, "ui");

    private static TestDatabase database;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        // Positions 1 and 2.
        server.append(Events.user(NOON, 2, "ada"));
        server.append(Events.of(NOON, "issue-1", 0, new IssueCreated(1, "Plain", "Text", OPEN, null, 1)));
        // 3
        server.append(Events.of(hour(1), "issue-1", 1, new IssueCommented(1, 31, 2, "ada", "First")));
        // 4 to 6: one edit
        server.append(Events.of(
                hour(2),
                "issue-1",
                2,
                new IssueDescriptionChanged(1, "", 2),
                new IssueStatusChanged(1, OPEN, IN_PROGRESS, 2),
                new IssueAssigned(1, null, 2L, 2)));
        // 7 and 8
        server.append(Events.of(
                hour(3), "issue-1", 5, new IssueLabelsReplaced(1, List.of(UI, BUG), List.of(UI, BUG), List.of())));
        server.append(Events.of(hour(4), "issue-1", 6, new IssueCommented(1, 30, 2, "ada", "Second")));
        // 9
        server.append(
                Events.of(hour(5), "issue-1", 7, new IssueLabelsReplaced(1, List.of(UI), List.of(), List.of(BUG))));
        // 10: by a node whose clock is behind
        server.append(Events.issue(hour(4).plusSeconds(1), 2, OPEN, 2L));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static Instant hour(int hours) {
        return NOON.plusSeconds(3_600L * hours);
    }

    private static final String VERSION_2 = """
        "id": 1, "title": "Plain", "description": "", "status": "in_progress", "assignee": 2,
        "priority": "none", "version": 2, "created_at": "2026-01-09T12:00:00Z", "updated_at": "2026-01-09T14:00:00Z",
        """;

    private static final String FIRST_COMMENT = """
        {"id": 31, "body": "First", "author": "ada", "created_at": "2026-01-09T13:00:00Z"}
        """;

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-09T13:00:00Z", "2026-01-09T14:59:59.999999%2B01:00", "3"})
    void an_issue_is_told_as_it_was_at_a_time_or_position(String moment) {
        var answer = server.get("/issues/1?as_of=" + moment);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            {
              "id": 1, "title": "Plain", "description": "Text", "status": "open", "assignee": null,
              "priority": "none", "version": 1, "created_at": "2026-01-09T12:00:00Z", "updated_at": "2026-01-09T12:00:00Z",
              "comments": [%s], "labels": []
            }
            """.formatted(FIRST_COMMENT)));
        assertThat(answer.header("ETag")).isEqualTo(server.tag("1.1"));
        assertThat(answer.header("Event-Position")).isEqualTo(server.position(3));
        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=86400, private, immutable");
        assertThat(server.get("/issues/1?as_of=" + moment, "If-None-Match", server.tag("1.1"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void a_version_is_the_issue_when_its_last_event_had_come_and_nothing_else() {
        var answer = server.get("/issues/1?version=2");
        assertThat(answer.json())
                .isEqualTo(parse("{%s \"comments\": [%s], \"labels\": []}".formatted(VERSION_2, FIRST_COMMENT)));
        assertThat(answer.header("Event-Position")).isEqualTo(server.position(6));
        assertThat(server.get("/issues/1?version=1").json().get("comments")).isEmpty();
    }

    @Test
    void labels_come_by_name_and_go() {
        assertThat(server.get("/issues/1?as_of=7").json().get("labels"))
                .isEqualTo(parse("[{\"id\": 4, \"name\": \"bug\"}, {\"id\": 9, \"name\": \"ui\"}]"));
        assertThat(server.get("/issues/1?as_of=9").json())
                .isEqualTo(server.get("/issues/1").json());
        assertThat(server.get("/issues/1?as_of=9").header("ETag"))
                .isEqualTo(server.get("/issues/1").header("ETag"));
    }

    /** The event at position 10 was recorded by a clock that was behind: at half past four it was not in the log yet. */
    @Test
    void a_time_stands_for_the_longest_beginning_of_the_log_that_is_not_younger() {
        assertThat(server.get("/issues?as_of=2026-01-09T16:30:00Z").header("Event-Position"))
                .isEqualTo(server.position(8));
        assertThat(server.get("/issues/2?as_of=2026-01-09T16:30:00Z").status()).isEqualTo(404);
        assertThat(server.get("/issues?as_of=2026-01-09T17:00:00Z").header("Event-Position"))
                .isEqualTo(server.position(10));
    }

    /** Nothing has been recorded since, so an event that is on its way may still turn out to have been before it. */
    @Test
    void a_moment_after_which_nothing_was_recorded_is_not_to_be_kept() {
        var answer = server.get("/issues/1?as_of=2026-01-09T17:00:00Z");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, private");
        assertThat(server.get("/issues?as_of=10").header("Cache-Control"))
                .isEqualTo("max-age=86400, private, immutable");
    }

    @Test
    void the_list_is_told_with_its_filters_its_pages_and_its_count() {
        assertThat(server.get("/issues?as_of=1").json())
                .isEqualTo(parse("{\"count\": 0, \"next\": null, \"previous\": null, \"results\": []}"));
        assertThat(server.get("/issues?as_of=5&status=in_progress")
                        .json()
                        .get("count")
                        .asLong())
                .isEqualTo(1);
        assertThat(server.get("/issues?as_of=5&status=open").ids()).isEmpty();
        assertThat(server.get("/issues?as_of=5&assignee=2").ids()).isEmpty();
        assertThat(server.get("/issues?as_of=6&assignee=2&status=in_progress").ids())
                .containsExactly(1L);
        var page = server.get("/issues?as_of=10&page_size=1");
        assertThat(page.ids()).containsExactly(2L);
        assertThat(page.json().get("next").asString()).isEqualTo("/issues?as_of=10&page_size=1&page=2");
        assertThat(server.get("/issues?as_of=10&page_size=1&page=2").json())
                .isEqualTo(parse("""
                    {"count": 2, "next": null, "previous": "/issues?as_of=10&page_size=1&page=1",
                     "results": [{%s}]}
                    """.formatted(VERSION_2.strip().replaceFirst(",$", ""))));
        assertThat(server.get("/issues?as_of=10", "If-None-Match", page.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(server.get("/issues?as_of=10&page=3").code()).isEqualTo("unknown-page");
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "position:2, position:6", "2026-01-09T12:30:00Z, 2", "1, 2026-01-09T14:00:00Z"})
    void two_states_of_an_issue_are_compared(String from, String to) {
        var answer = server.get("/issues/1/diff?from=%s&to=%s".formatted(from, to));
        assertThat(answer.json()).isEqualTo(parse("""
            {
              "id": 1, "from": {"version": 1, "position": 2}, "to": {"version": 2, "position": 6},
              "fields": {
                "description": {"from": "Text", "to": ""},
                "status": {"from": "open", "to": "in_progress"},
                "assignee": {"from": null, "to": 2}
              },
              "labels": {"added": [], "removed": []},
              "comments": [%s]
            }
            """.formatted(FIRST_COMMENT)));
        assertThat(answer.header("Cache-Control")).isEqualTo("max-age=86400, private, immutable");
    }

    @Test
    void without_an_end_a_comparison_is_with_the_present() {
        var answer = server.get("/issues/1/diff?from=position:7");
        assertThat(answer.json()).isEqualTo(parse("""
            {
              "id": 1, "from": {"version": 2, "position": 7}, "to": {"version": 2, "position": 10},
              "fields": {},
              "labels": {"added": [], "removed": [{"id": 4, "name": "bug"}]},
              "comments": [{"id": 30, "body": "Second", "author": "ada", "created_at": "2026-01-09T16:00:00Z"}]
            }
            """));
        assertThat(answer.header("Cache-Control")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/issues/1?as_of=, as_of",
        "/issues/1?as_of=yesterday, as_of",
        "/issues/1?as_of=2026-01-09, as_of",
        "/issues/1?as_of=2026-01-09T12:00:00, as_of",
        "/issues/1?as_of=2026-02-30T12:00:00Z, as_of",
        "/issues/1?as_of=0, as_of",
        "/issues/1?as_of=-1, as_of",
        "/issues/1?as_of=9999999999999999999, as_of",
        "/issues/1?as_of=9999-12-31T23:59:59Z, as_of",
        "/issues/1?as_of=3&as_of=3, as_of",
        "/issues?as_of=%00, as_of",
        "/issues/1?version=0, version",
        "/issues/1?version=1.0, version",
        "/issues/1?version=1&version=1, version",
        "/issues/1?version=1&as_of=3, version",
        "/issues/1/diff, from",
        "/issues/1/diff?to=2, from",
        "/issues/1/diff?from=0&to=2, from",
        "/issues/1/diff?from=2&to=1, from",
        "/issues/1/diff?from=1&from=1&to=2, from",
        "/issues/1/diff?from=1&to=tomorrow, to",
    })
    void what_names_no_moment_is_refused(String address, String parameter) {
        var answer = server.get(address);
        assertThat(answer.status()).as(address).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation-failed");
        assertThat(answer.json().get("errors").propertyNames()).containsExactly(parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "/issues/1?as_of=1, unknown-issue",
        "/issues/1?as_of=2026-01-09T11:59:59.999999Z, unknown-issue",
        "/issues/7?as_of=3, unknown-issue",
        "/issues/7?version=1, unknown-issue",
        "/issues/0?version=x, unknown-issue",
        "/issues/1?version=3, unknown-version",
        "/issues/7/diff?from=1&to=2, unknown-issue",
        "/issues/1/diff?from=position:1&to=2, unknown-issue",
        "/issues/1/diff?from=1&to=3, unknown-version",
    })
    void what_was_not_there_is_not_found(String address, String code) {
        var answer = server.get(address);
        assertThat(answer.status()).as(address).isEqualTo(404);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void an_issue_has_the_labels_that_it_was_created_with() {
        try (var fresh = TestDatabase.fresh();
                var node = QueryServer.on(fresh)) {
            node.append(Events.of(
                    NOON, "issue-1", 0, new IssueCreated(1, "Plain", "", OPEN, null, 1).with(List.of(UI, BUG))));
            var then = node.get("/issues/1").json();
            node.append(Events.of(
                    hour(1), "issue-1", 1, new IssueLabelsReplaced(1, List.of(), List.of(), List.of(UI, BUG))));
            assertThat(node.get("/issues/1?as_of=1").json()).isEqualTo(then);
            assertThat(then.get("labels")).hasSize(2);
        }
    }

    @Test
    void a_priority_is_told_as_it_was_and_the_list_is_filtered_by_it() {
        try (var fresh = TestDatabase.fresh();
                var node = QueryServer.on(fresh)) {
            node.append(Events.of(NOON, "issue-1", 0, new IssueCreated(1, "Plain", "", OPEN, null, 1).with(LOW)));
            node.append(Events.of(hour(1), "issue-1", 1, new IssuePrioritized(1, LOW, HIGH, 2)));
            node.append(Events.issue(hour(2), 2, OPEN, null));
            node.append(Events.of(
                    hour(3),
                    "issue-1",
                    2,
                    new IssuePrioritized(1, HIGH, NONE, 3),
                    new IssueStatusChanged(1, OPEN, IN_PROGRESS, 3)));
            for (var then : List.of("1 low", "2 high", "3 high", "4 none", "5 none")) {
                var moment = then.charAt(0);
                var priority = then.substring(2);
                assertThat(node.get("/issues/1?as_of=" + moment)
                                .json()
                                .path("priority")
                                .asString())
                        .as(then)
                        .isEqualTo(priority);
                for (var other : List.of("none", "low", "medium", "high")) {
                    var list = node.get("/issues?as_of=%s&priority=%s".formatted(moment, other));
                    var issues = new ArrayList<Long>();
                    if (moment >= '3' && other.equals("none")) {
                        issues.add(2L);
                    }
                    if (other.equals(priority)) {
                        issues.add(1L);
                    }
                    assertThat(list.ids()).as("%s of %s", other, then).isEqualTo(issues);
                    assertThat(list.json().get("count").asInt())
                            .as("%s of %s", other, then)
                            .isEqualTo(issues.size());
                }
            }
            assertThat(node.get("/issues?as_of=5&priority=none&status=in_progress")
                            .ids())
                    .containsExactly(1L);
            assertThat(node.get("/issues?as_of=5&priority=dire").status()).isEqualTo(400);
            assertThat(node.get("/issues/1/diff?from=1&to=2").json().get("fields"))
                    .isEqualTo(parse("{\"priority\": {\"from\": \"low\", \"to\": \"high\"}}"));
        }
    }

    /** Its comments are in no table any more. */
    @Test
    void a_withdrawn_issue_is_told_as_it_was_before() {
        try (var fresh = TestDatabase.fresh();
                var node = QueryServer.on(fresh)) {
            node.append(Events.issue(NOON, 1, OPEN, null));
            node.append(Events.of(
                    hour(1),
                    "issue-1",
                    1,
                    new IssueCommented(1, 31, 2, "ada", "First"),
                    new IssueStatusChanged(1, OPEN, IN_PROGRESS, 2)));
            var before = node.get("/issues/1");
            var list = node.get("/issues?status=in_progress").json();
            node.append(Events.of(hour(2), "issue-1", 3, new IssueWithdrawn(1, 3)));
            assertThat(node.get("/issues/1?as_of=3").json()).isEqualTo(before.json());
            assertThat(node.get("/issues/1?as_of=3").header("ETag")).isEqualTo(before.header("ETag"));
            assertThat(node.get("/issues/1?version=2").json()).isEqualTo(before.json());
            assertThat(node.get("/issues/1/diff?from=1&to=2").json().get("comments"))
                    .isEqualTo(before.json().get("comments"));
            assertThat(node.get("/issues?status=in_progress&as_of=3").json()).isEqualTo(list);
            for (var address : List.of(
                    "/issues/1",
                    "/issues/1?as_of=4",
                    "/issues/1?version=3",
                    "/issues/1?version=4",
                    "/issues/1/diff?from=1")) {
                assertThat(node.get(address).status()).as(address).isEqualTo(404);
            }
            assertThat(node.get("/issues/1?as_of=4").code()).isEqualTo("issue-withdrawn");
            assertThat(node.get("/issues?as_of=4").json().get("count").asLong()).isZero();
        }
    }

    @Test
    void a_read_of_the_past_sees_what_was_written_just_before() {
        try (var fresh = TestDatabase.fresh();
                var node = QueryServer.on(fresh)) {
            for (var id = 1L; id <= 20; id++) {
                node.append(Events.issue(NOON, id, OPEN, null));
                assertThat(node.get("/issues/%d?as_of=%d".formatted(id, id), "Prefer", "stale-ok")
                                .status())
                        .isEqualTo(200);
                assertThat(node.get("/issues/%d?version=1".formatted(id), "Prefer", "stale-ok")
                                .status())
                        .isEqualTo(200);
                assertThat(node.get("/issues?as_of=2026-01-09T12:00:00Z")
                                .json()
                                .get("count")
                                .asLong())
                        .isEqualTo(id);
            }
        }
    }
}
