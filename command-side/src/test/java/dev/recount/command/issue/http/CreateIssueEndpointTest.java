package dev.recount.command.issue.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CreateIssueEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();

    @Test
    void an_issue_is_answered_as_it_was_created() {
        Instant before = Instant.now().minusSeconds(1);
        Answer answer = SERVER.send("POST", "/issues", """
            {"title": "  Crash ", "description": " as is\\n", "status": "in_progress", "assignee": 1,
             "id": 99, "version": 5, "created_at": "1999-01-01T00:00:00Z", "updated_at": 3, "colour": "red"}\
            """);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        JsonNode issue = answer.json();
        assertThat(issue.propertyNames())
                .containsExactly(
                        "id",
                        "title",
                        "description",
                        "status",
                        "assignee",
                        "priority",
                        "version",
                        "created_at",
                        "updated_at");
        assertThat(issue.path("title").asString()).isEqualTo("Crash");
        assertThat(issue.path("description").asString()).isEqualTo(" as is\n");
        assertThat(issue.path("status").asString()).isEqualTo("in_progress");
        assertThat(issue.path("assignee").asLong()).isEqualTo(1);
        assertThat(issue.path("version").asLong()).isEqualTo(1);
        assertThat(issue.path("created_at")).isEqualTo(issue.path("updated_at"));
        assertThat(issue.path("created_at").asString()).endsWith("Z");
        Instant createdAt = Instant.parse(issue.path("created_at").asString());
        assertThat(createdAt).isBetween(before, Instant.now().plusSeconds(1));

        long id = issue.path("id").asLong();
        assertThat(answer.header("Location")).isEqualTo("/issues/" + id);
        assertThat(answer.header("ETag")).isEqualTo(SERVER.tag(1));
        assertThat(answer.header("Event-Position"))
                .isEqualTo(SERVER.position(SERVER.log().head()));
        DomainEventMessage<?> stored = SERVER.log().readStream("issue-" + id, 0).getFirst();
        assertThat((Object) stored.getPayload())
                .isEqualTo(new IssueCreated(id, "Crash", " as is\n", IssueStatus.IN_PROGRESS, 1L, 1));
        assertThat(stored.getTimestamp()).isEqualTo(createdAt);
    }

    @Test
    void only_the_title_is_required() {
        JsonNode issue =
                SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}").json();
        assertThat(issue.path("description").asString()).isEmpty();
        assertThat(issue.path("status").asString()).isEqualTo("open");
        assertThat(issue.path("assignee").isNull()).isTrue();
        assertThat(SERVER.send("POST", "/issues", "{\"title\": \"Crash\", \"assignee\": null}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void one_after_the_other_they_have_neighbouring_ids() {
        List<Long> ids = IntStream.range(0, 3)
                .mapToObj(i -> SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}"))
                .map(answer -> answer.json().path("id").asLong())
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void who_acts_and_under_which_request_goes_into_the_metadata() {
        Answer answer = SERVER.send(
                "POST",
                "/issues",
                "{\"title\": \"Crash\"}",
                "X-User-Id",
                "1",
                "X-Request-Id",
                "r-42",
                "Idempotency-Key",
                "k-7");
        assertThat(answer.header("X-Request-Id")).isEqualTo("r-42");
        assertThat(Map.copyOf(metadata(answer)))
                .isEqualTo(Map.of("actor", "1", "requestId", "r-42", "idempotencyKey", "k-7"));
        Answer anonymous = SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}");
        assertThat(Map.copyOf(metadata(anonymous))).isEqualTo(Map.of("requestId", anonymous.header("X-Request-Id")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                            | title       | is required
        {"title": null}                               | title       | must not be null
        {"title": 7}                                  | title       | must be a text, not a number
        {"title": ""}                                 | title       | must not be blank
        {"title": " \\u00a0\\u2003\\n"}               | title       | must not be blank
        {"title": "a\\u0000b"}                        | title       | must not contain the character U+0000
        {"title": "a\\ud800b"}                        | title       | must not contain half of a surrogate pair
        {"title": "a", "description": null}           | description | must not be null
        {"title": "a", "description": ["x"]}          | description | must be a text, not a list
        {"title": "a", "description": "\\udc00"}      | description | must not contain half of a surrogate pair
        {"title": "a", "status": "done"}              | status      | must be one of open, in_progress, resolved, closed
        {"title": "a", "status": "Open"}              | status      | must be one of open, in_progress, resolved, closed
        {"title": "a", "status": null}                | status      | must not be null
        {"title": "a", "assignee": "1"}               | assignee    | must be an integer, not a text
        {"title": "a", "assignee": 1.0}               | assignee    | must be an integer, not a number
        {"title": "a", "assignee": true}              | assignee    | must be an integer, not a boolean
        {"title": "a", "assignee": 99999999999999999999} | assignee | must fit into 64 bits
        {"title": "a", "assignee": 4711}              | assignee    | is no user: 4711
        {"title": "a", "assignee": 0}                 | assignee    | is no user: 0
        {"title": "a", "assignee": -1}                | assignee    | is no user: -1
        """)
    void bad_fields_are_named(String body, String field, String message) {
        JsonNode problem = refused(400, "validation-failed", "POST", "/issues", body);
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
        assertThat(problem.path("errors").size()).isEqualTo(1);
    }

    @Test
    void all_bad_fields_are_named_at_once() {
        JsonNode problem = refused(
                400,
                "validation-failed",
                "POST",
                "/issues",
                "{\"status\": \"done\", \"assignee\": 4711, \"description\": 1}");
        assertThat(problem.path("errors").propertyNames())
                .containsExactlyInAnyOrder("title", "status", "assignee", "description");
    }

    @Test
    void a_title_has_at_most_255_characters_however_they_are_encoded() {
        String smiles = "\ud83d\ude00".repeat(255);
        Answer answer = SERVER.send("POST", "/issues", "{\"title\": \"  " + smiles + " \"}");
        assertThat(answer.json().path("title").asString()).isEqualTo(smiles);
        JsonNode problem = refused(400, "validation-failed", "POST", "/issues", "{\"title\": \"" + smiles + "x\"}");
        assertThat(problem.path("errors").path("title").path(0).asString()).isEqualTo("must be at most 255 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "{\"title\": \"a\"",
                "{\"title\": \"a\"} x",
                "{'title': 'a'}",
                "{\"title\": \"a\", \"title\": \"b\"}",
                "NaN"
            })
    void what_is_no_json_is_refused(String body) {
        refused(400, "malformed-json", "POST", "/issues", body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"a\"", "7", "true"})
    void what_is_no_object_is_refused(String body) {
        refused(400, "validation-failed", "POST", "/issues", body);
    }

    @Test
    void bombs_are_refused() {
        refused(400, "malformed-json", "POST", "/issues", "[".repeat(100_000));
        refused(413, "body-too-large", "POST", "/issues", "{\"title\": \"" + "x".repeat(2_000_000) + "\"}");
    }

    @Test
    void the_body_must_be_json_and_the_client_must_take_json() {
        refused(415, "unsupported-media-type", "POST", "/issues", "{\"title\": \"a\"}", "Content-Type", "text/plain");
        refused(406, "not-acceptable", "POST", "/issues", "{\"title\": \"a\"}", "Accept", "image/png");
        refused(405, "method-not-allowed", "DELETE", "/issues", null);
        refused(404, "not-found", "POST", "/issue", "{\"title\": \"a\"}");
    }

    @Test
    void the_acting_user_must_exist() {
        refused(400, "unknown-user", "POST", "/issues", "{\"title\": \"a\"}", "X-User-Id", "4711");
        refused(400, "validation-failed", "POST", "/issues", "{\"title\": \"a\"}", "X-User-Id", "ada");
    }

    private static Map<String, Object> metadata(Answer answer) {
        return SERVER.log()
                .readStream("issue-" + answer.json().path("id").asLong(), 0)
                .getFirst()
                .getMetaData();
    }
}
