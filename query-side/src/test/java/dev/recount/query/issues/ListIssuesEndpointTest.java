package dev.recount.query.issues;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssuePriority.URGENT;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListIssuesEndpointTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-09T12:08:01.250001Z");

    private static TestDatabase database;
    private static QueryServer server;
    private static TestDatabase otherDatabase;
    private static QueryServer prioritized;

    /** 25 issues: the odd ones closed, every fifth assigned to user 2; 11 to 20 were created in the same moment. */
    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        server.append(Events.user(NOON, 2, "ada"));
        server.append(Events.user(NOON, 3, "grace"));
        for (var id = 1L; id <= 25; id++) {
            server.append(Events.issue(createdAt(id), id, statusOf(id), id % 5 == 0 ? 2L : null));
        }
        startPrioritized();
    }

    /** Some have their priority from the beginning, some got or lost it later. */
    private static void startPrioritized() {
        otherDatabase = TestDatabase.fresh();
        prioritized = QueryServer.on(otherDatabase);
        prioritized.append(Events.user(NOON, 2, "ada"));
        create(1, OPEN, 2L, HIGH);
        create(2, OPEN, 2L, NONE, new IssuePrioritized(2, NONE, HIGH, 2));
        create(3, CLOSED, null, LOW, new IssuePrioritized(3, LOW, HIGH, 2), new IssueStatusChanged(3, CLOSED, OPEN, 2));
        create(4, CLOSED, null, HIGH);
        create(5, OPEN, null, URGENT);
        create(6, OPEN, 2L, URGENT, new IssuePrioritized(6, URGENT, NONE, 2));
        create(7, OPEN, null, NONE);
        create(8, CLOSED, 2L, NONE);
    }

    private static void create(long id, IssueStatus status, Long assignee, IssuePriority priority, Object... edit) {
        var created = new IssueCreated(id, "Issue " + id, "", status, assignee, 1).with(priority);
        prioritized.append(Events.of(NOON.plusSeconds(id), "issue-" + id, 0, created));
        prioritized.append(Events.of(NOON.plusSeconds(id), "issue-" + id, 1, edit));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
        prioritized.close();
        otherDatabase.close();
    }

    private static Instant createdAt(long id) {
        return id >= 11 && id <= 20 ? NOON.plusSeconds(11) : NOON.plusSeconds(id);
    }

    private static IssueStatus statusOf(long id) {
        return id % 2 == 0 ? OPEN : CLOSED;
    }

    private static List<Long> newestFirst(LongStream ids) {
        return ids.boxed().sorted(Comparator.reverseOrder()).toList();
    }

    private static void assertProblem(HttpAnswer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void the_first_page_has_the_ten_newest() {
        var answer = server.get("/issues");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.ids()).isEqualTo(newestFirst(LongStream.rangeClosed(16, 25)));
        assertThat(answer.json().get("count").asLong()).isEqualTo(25);
        assertThat(answer.json().get("next").asString()).isEqualTo("/issues?page=2");
        assertThat(answer.json().get("previous").isNull()).isTrue();
    }

    @Test
    void an_issue_is_listed_with_all_its_fields() {
        assertThat(server.get("/issues?page_size=1").json()).isEqualTo(parse("""
            {
              "count": 25,
              "next": "/issues?page_size=1&page=2",
              "previous": null,
              "results": [{
                "id": 25, "title": "Issue 25", "description": "Text 25", "status": "closed", "assignee": 2,
                "priority": "none", "version": 1, "created_at": "2026-01-09T12:00:25Z", "updated_at": "2026-01-09T12:00:25Z"
              }]
            }
            """));
        assertThat(server.get("/issues?page_size=1&page=2")
                        .json()
                        .at("/results/0/assignee")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 10, 25, 50})
    void following_next_shows_every_issue_once_and_following_previous_leads_back(int pageSize) {
        var forth = new ArrayList<Long>();
        var pages = new ArrayList<List<Long>>();
        var address = "/issues?page_size=" + pageSize;
        var last = address;
        while (address != null) {
            last = address;
            var answer = server.get(address);
            forth.addAll(answer.ids());
            pages.add(answer.ids());
            address = answer.json().get("next").asString(null);
        }
        assertThat(forth).isEqualTo(newestFirst(LongStream.rangeClosed(1, 25)));
        var back = new ArrayList<List<Long>>();
        for (address = last; address != null; ) {
            var answer = server.get(address);
            back.addFirst(answer.ids());
            address = answer.json().get("previous").asString(null);
        }
        assertThat(back).isEqualTo(pages);
    }

    @Test
    void filters_narrow_list_and_count() {
        var open = server.get("/issues?status=open&page_size=50");
        assertThat(open.ids())
                .isEqualTo(newestFirst(LongStream.rangeClosed(1, 12).map(half -> 2 * half)));
        assertThat(open.json().get("count").asLong()).isEqualTo(12);
        var assigned = server.get("/issues?assignee=2");
        assertThat(assigned.ids()).isEqualTo(List.of(25L, 20L, 15L, 10L, 5L));
        assertThat(assigned.json().get("count").asLong()).isEqualTo(5);
        var both = server.get("/issues?assignee=2&status=open");
        assertThat(both.ids()).isEqualTo(List.of(20L, 10L));
        assertThat(both.json().get("count").asLong()).isEqualTo(2);
    }

    /** Issues 1 to 8 with the priority, status and assignee of their row: every combination of filters is counted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        priority=high                               | 4 3 2 1
        priority=urgent                             | 5
        priority=low                                |
        priority=none                               | 8 7 6
        priority=high&status=open                   | 3 2 1
        priority=high&status=closed                 | 4
        priority=high&assignee=2                    | 2 1
        priority=high&assignee=2&status=open        | 2 1
        priority=high&assignee=2&status=closed      |
        priority=none&status=open                   | 7 6
        priority=none&status=resolved               |
        priority=none&assignee=2                    | 8 6
        priority=none&assignee=2&status=open        | 6
        status=open                                 | 7 6 5 3 2 1
        """)
    void priority_combines_with_the_other_filters(String query, String ids) {
        var expected = ids == null
                ? List.<Long>of()
                : Stream.of(ids.split(" ")).map(Long::valueOf).toList();
        var answer = prioritized.get("/issues?" + query);
        assertThat(answer.ids()).isEqualTo(expected);
        assertThat(answer.json().get("count").asInt()).isEqualTo(expected.size());
        assertThat(prioritized
                        .get("/issues?page_size=1&" + query)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(expected.size());
    }

    @Test
    void an_issue_is_listed_with_its_priority_and_the_pages_keep_the_filter() {
        var page = prioritized.get("/issues?priority=high&page_size=2&page=2").json();
        assertThat(page.at("/results/0/priority").asString()).isEqualTo("high");
        assertThat(page.get("previous").asString()).isEqualTo("/issues?priority=high&page_size=2&page=1");
        assertThat(prioritized
                        .get("/issues?priority=high&page_size=2")
                        .json()
                        .get("next")
                        .asString())
                .isEqualTo("/issues?priority=high&page_size=2&page=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=resolved",
                "assignee=3",
                "assignee=3&status=open",
                "priority=high",
                "status=in_progress&assignee=2"
            })
    void a_filter_that_nothing_fits_gives_an_empty_first_page(String query) {
        var answer = server.get("/issues?" + query);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            {"count": 0, "next": null, "previous": null, "results": []}
            """));
    }

    @Test
    void next_and_previous_keep_the_other_parameters() {
        var answer = server.get("/issues?status=open&page=2&page_size=5");
        assertThat(answer.json().get("next").asString()).isEqualTo("/issues?status=open&page_size=5&page=3");
        assertThat(answer.json().get("previous").asString()).isEqualTo("/issues?status=open&page_size=5&page=1");
        assertThat(server.get(answer.json().get("next").asString()).ids()).isEqualTo(List.of(4L, 2L));
    }

    @Test
    void a_page_has_at_most_fifty_issues_however_many_are_asked_for() {
        for (var size : List.of("50", "51", "1000", "9999999999999999999999")) {
            var answer = server.get("/issues?page_size=" + size);
            assertThat(answer.ids()).hasSize(25);
            assertThat(answer.json().get("next").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1", "1.0", "one", "", "4", "9223372036854775807", "99999999999999999999999"})
    void a_page_that_is_not_there_is_not_found(String page) {
        assertProblem(server.get("/issues?page=" + page), 404, "unknown-page");
    }

    @ParameterizedTest
    @CsvSource({
        "status=done, status",
        "status=OPEN, status",
        "status=, status",
        "status, status",
        "status=open&status=open, status",
        "priority=highest, priority",
        "priority=HIGH, priority",
        "priority=, priority",
        "priority=low&priority=high, priority",
        "assignee=99, assignee",
        "assignee=0, assignee",
        "assignee=-2, assignee",
        "assignee=02, assignee",
        "assignee=ada, assignee",
        "assignee=, assignee",
        "assignee=null, assignee",
        "assignee=9223372036854775808, assignee",
        "assignee=2&assignee=3, assignee",
        "page_size=0, page_size",
        "page_size=-1, page_size",
        "page_size=ten, page_size",
        "page_size=, page_size",
        "page_size=1&page_size=2, page_size",
        "page=1&page=2, page",
        "assignee=99&page=77, assignee",
        "status=done&page=0, status"
    })
    void a_bad_parameter_is_named(String query, String name) {
        var answer = server.get("/issues?" + query);
        assertProblem(answer, 400, "validation-failed");
        assertThat(answer.json().get("errors").propertyNames()).containsExactly(name);
    }

    @Test
    void several_bad_parameters_are_named_together() {
        var answer = server.get("/issues?status=done&assignee=x&page_size=0");
        assertThat(answer.json().get("errors").propertyNames())
                .containsExactlyInAnyOrder("status", "assignee", "page_size");
    }

    @Test
    void an_empty_tracker_has_an_empty_first_page_and_no_second() {
        try (var empty = TestDatabase.fresh();
                var fresh = QueryServer.on(empty)) {
            assertThat(fresh.get("/issues").json()).isEqualTo(parse("""
                {"count": 0, "next": null, "previous": null, "results": []}
                """));
            assertProblem(fresh.get("/issues?page=2"), 404, "unknown-page");
        }
    }

    @Test
    void an_edited_issue_keeps_its_place_and_moves_between_filters() {
        try (var other = TestDatabase.fresh();
                var fresh = QueryServer.on(other)) {
            fresh.append(Events.user(NOON, 2, "ada"));
            fresh.append(Events.issue(NOON, 1, OPEN, null));
            fresh.append(Events.of(NOON, "issue-2", 0, new IssueCreated(2, "Two", "", OPEN, 2L, 1)));
            fresh.append(Events.of(LATER, "issue-1", 1, new IssueAssigned(1, null, 2L, 2)));
            var answer = fresh.get("/issues?assignee=2");
            assertThat(answer.ids()).isEqualTo(List.of(2L, 1L));
            assertThat(answer.json().get("count").asLong()).isEqualTo(2);
            assertThat(answer.json().at("/results/1/updated_at").asString()).isEqualTo("2026-01-09T12:08:01.250001Z");
            assertThat(answer.json().at("/results/1/created_at").asString()).isEqualTo("2026-01-09T12:00:00Z");
            assertThat(answer.json().at("/results/1/version").asLong()).isEqualTo(2);
        }
    }
}
