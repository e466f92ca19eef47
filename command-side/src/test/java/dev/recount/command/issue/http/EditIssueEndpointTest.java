package dev.recount.command.issue.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EditIssueEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();

    private String path;
    private JsonNode created;

    @BeforeEach
    void create() {
        created = SERVER.send(
                        "POST", "/issues", "{\"title\": \"Crash\", \"description\": \"It crashes.\", \"assignee\": 1}")
                .json();
        path = "/issues/" + created.path("id").asLong();
    }

    @Test
    void an_edit_answers_the_issue_after_it() {
        Answer answer = patch("{\"title\": \" Freeze \", \"status\": \"closed\", \"assignee\": null, \"version\": 1}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode issue = answer.json();
        assertThat(issue.propertyNames()).containsExactlyElementsOf(created.propertyNames());
        assertThat(issue.path("title").asString()).isEqualTo("Freeze");
        assertThat(issue.path("description").asString()).isEqualTo("It crashes.");
        assertThat(issue.path("status").asString()).isEqualTo("closed");
        assertThat(issue.path("assignee").isNull()).isTrue();
        assertThat(issue.path("version").asLong()).isEqualTo(2);
        assertThat(issue.path("created_at")).isEqualTo(created.path("created_at"));
        assertThat(Instant.parse(issue.path("updated_at").asString()))
                .isAfter(Instant.parse(created.path("updated_at").asString()));
        assertThat(answer.header("ETag")).isEqualTo(SERVER.tag(2));
        assertThat(answer.header("Event-Position"))
                .isEqualTo(SERVER.position(SERVER.log().head()));
        assertThat(answer.header("Location")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": 1}",
                "{\"version\": 1, \"title\": \"Crash\", \"description\": \"It crashes.\", \"status\": \"open\","
                        + " \"assignee\": 1}",
                "{\"version\": 1, \"id\": 3, \"created_at\": null, \"updated_at\": \"x\", \"colour\": 1}"
            })
    void an_edit_that_changes_nothing_counts_all_the_same(String body) {
        long head = SERVER.log().head();
        JsonNode issue = patch(body).json();
        assertThat(issue.path("version").asLong()).isEqualTo(2);
        assertThat(issue.path("updated_at")).isNotEqualTo(created.path("updated_at"));
        assertThat(issue.path("title").asString()).isEqualTo("Crash");
        assertThat(SERVER.log().head()).isEqualTo(head + 1);
    }

    @Test
    void a_stale_version_is_told_with_the_present_one_and_what_happened_since() {
        patch("{\"title\": \"Freeze\", \"description\": \"It freezes.\", \"version\": 1}", "X-User-Id", "1");
        patch("{\"version\": 2}");
        JsonNode problem = refused(409, "stale-version", "PATCH", path, "{\"status\": \"closed\", \"version\": 1}");
        assertThat(problem.path("current_version").asLong()).isEqualTo(3);
        JsonNode conflicts = problem.path("conflicts");
        assertThat(conflicts.valueStream().map(event -> event.path("type").asString()))
                .containsExactly("IssueRetitled", "IssueDescriptionChanged", "IssueTouched");
        JsonNode retitled = conflicts.path(0);
        assertThat(retitled.path("sequence").asLong()).isEqualTo(1);
        assertThat(retitled.path("version").asLong()).isEqualTo(2);
        assertThat(retitled.path("actor").asLong()).isEqualTo(1);
        assertThat(Instant.parse(retitled.path("timestamp").asString())).isBefore(Instant.now());
        assertThat(retitled.path("details").path("from").asString()).isEqualTo("Crash");
        assertThat(retitled.path("details").path("to").asString()).isEqualTo("Freeze");
        assertThat(conflicts.path(2).path("actor").isNull()).isTrue();
    }

    @Test
    void a_version_that_is_yet_to_come_is_stale_too() {
        JsonNode problem = refused(409, "stale-version", "PATCH", path, "{\"status\": \"closed\", \"version\": 2}");
        assertThat(problem.path("current_version").asLong()).isEqualTo(1);
        assertThat(problem.path("conflicts").size()).isZero();
        refused(409, "stale-version", "PATCH", path, "{\"version\": -1}");
    }

    @Test
    void a_long_absence_is_told_by_its_last_fifty_events() {
        for (int version = 1; version <= 60; version++) {
            patch("{\"version\": " + version + "}");
        }
        JsonNode problem = refused(409, "stale-version", "PATCH", path, "{\"version\": 1}");
        assertThat(problem.path("conflicts").size()).isEqualTo(50);
        assertThat(problem.path("conflicts").path(49).path("version").asLong()).isEqualTo(61);
    }

    @Test
    void of_32_clients_with_one_version_exactly_one_wins() throws Exception {
        long head = SERVER.log().head();
        CyclicBarrier start = new CyclicBarrier(32);
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < 32; client++) {
            String body = "{\"title\": \"by " + client + "\", \"version\": 1}";
            clients.add(() -> {
                start.await();
                return patch(body).status();
            });
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(clients)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(SERVER.log().head()).isEqualTo(head + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/issues/4711000",
                "/issues/0",
                "/issues/-1",
                "/issues/01",
                "/issues/+1",
                "/issues/one",
                "/issues/1.0",
                "/issues/99999999999999999999"
            })
    void an_unknown_issue_is_told_whatever_the_body(String unknown) {
        for (String body : new String[] {"{\"version\": 1}", "{\"version\": \"x\"}", "{", ""}) {
            refused(404, "unknown-issue", "PATCH", unknown, body);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"title": "a"}                             | version     | is required
        {"version": null}                          | version     | must not be null
        {"version": "1"}                           | version     | must be an integer, not a text
        {"version": 1.0}                           | version     | must be an integer, not a number
        {"version": true}                          | version     | must be an integer, not a boolean
        {"version": 9223372036854775808}           | version     | must fit into 64 bits
        {"version": 1, "title": null}              | title       | must not be null
        {"version": 1, "title": " "}               | title       | must not be blank
        {"version": 1, "title": "\\u0000"}         | title       | must not contain the character U+0000
        {"version": 1, "description": null}        | description | must not be null
        {"version": 1, "description": "\\ud800"}   | description | must not contain half of a surrogate pair
        {"version": 1, "status": null}             | status      | must not be null
        {"version": 1, "status": "gone"}           | status      | must be one of open, in_progress, resolved, closed
        {"version": 1, "assignee": 4711}           | assignee    | is no user: 4711
        {"version": 1, "assignee": "ada"}          | assignee    | must be an integer, not a text
        {"version": 9, "title": ""}                | title       | must not be blank
        """)
    void bad_fields_are_named(String body, String field, String message) {
        JsonNode problem = refused(400, "validation-failed", "PATCH", path, body);
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
        assertThat(problem.path("errors").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{\"version\": 1} {}", "{\"version\": 1, \"version\": 1}"})
    void what_is_no_json_is_refused(String body) {
        refused(400, "malformed-json", "PATCH", path, body);
    }

    @Test
    void a_missing_or_foreign_body_is_refused() {
        refused(400, "malformed-json", "PATCH", path, null, "Content-Type", "application/json");
        refused(415, "unsupported-media-type", "PATCH", path, "{\"version\": 1}", "Content-Type", "application/xml");
        refused(413, "body-too-large", "PATCH", path, "{\"version\": 1, \"title\": \"" + "x".repeat(2_000_000) + "\"}");
        refused(406, "not-acceptable", "PATCH", path, "{\"version\": 1}", "Accept", "text/html");
        refused(400, "unknown-user", "PATCH", path, "{\"version\": 1}", "X-User-Id", "4711");
    }

    @Test
    void a_tag_that_does_not_match_is_told_before_a_stale_version() {
        for (String tag : new String[] {"\"2\"", "W/\"1\"", "\"1.1\"", "\"x\"", "\"2\", \"3\""}) {
            JsonNode problem = refused(412, "precondition-failed", "PATCH", path, "{\"version\": 7}", "If-Match", tag);
            assertThat(problem.path("current_version").asLong()).isEqualTo(1);
        }
        JsonNode problem = refused(400, "validation-failed", "PATCH", path, "{\"version\": 1}", "If-Match", "1");
        assertThat(problem.path("errors").propertyNames()).containsExactly("If-Match");
        refused(404, "unknown-issue", "PATCH", "/issues/4711000", "{\"version\": 1}", "If-Match", "\"1\"");
        refused(409, "stale-version", "PATCH", path, "{\"version\": 7}", "If-Match", "\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"1\"", "\"1.0\"", "\"9\", \"1\""})
    void a_tag_that_matches_lets_the_edit_pass(String tag) {
        assertThat(patch("{\"version\": 1}", "If-Match", tag).status()).isEqualTo(200);
    }

    private Answer patch(String body, String... headers) {
        return SERVER.send("PATCH", path, body, headers);
    }
}
