package dev.recount.command.issue.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.IssueEvent.IssueCommented;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CommentOnIssueEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();

    private static long grace;

    private long issue;
    private String path;

    @BeforeAll
    static void register() {
        grace = SERVER.send("POST", "/users", "{\"username\": \"grace.comments\", \"display_name\": \"Grace\"}")
                .json()
                .path("id")
                .asLong();
    }

    @BeforeEach
    void create() {
        issue = SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}")
                .json()
                .path("id")
                .asLong();
        path = "/issues/" + issue + "/comments";
    }

    @Test
    void a_comment_is_answered_as_it_was_made() {
        Answer answer = comment(
                "{\"body\": \"  Seen\\n\\u00a0too. \", \"author\": 1, \"id\": 99, \"created_at\": 3, \"mood\": 1}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        JsonNode comment = answer.json();
        assertThat(comment.propertyNames()).containsExactly("id", "body", "author", "created_at");
        assertThat(comment.path("body").asString()).isEqualTo("  Seen\n\u00a0too. ");
        assertThat(comment.path("author").asString()).isEqualTo("admin");
        assertThat(answer.header("Event-Position"))
                .isEqualTo(SERVER.position(SERVER.log().head()));

        DomainEventMessage<?> stored =
                SERVER.log().readStream("issue-" + issue, 1).getFirst();
        assertThat((Object) stored.getPayload())
                .isEqualTo(new IssueCommented(issue, comment.path("id").asLong(), 1, "admin", "  Seen\n\u00a0too. "));
        assertThat(stored.getTimestamp())
                .isEqualTo(Instant.parse(comment.path("created_at").asString()));
    }

    @Test
    void each_comment_has_an_id_of_its_own() {
        List<Long> ids = List.of(1, 2, 3).stream()
                .map(number -> comment("{\"body\": \"Seen " + number + "\", \"author\": 1}"))
                .map(answer -> answer.json().path("id").asLong())
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids.getFirst()).isPositive();
    }

    @Test
    void who_acts_is_the_author_unless_the_body_names_one() {
        JsonNode own = comment("{\"body\": \"Mine.\"}", "X-User-Id", "" + grace).json();
        assertThat(own.path("author").asString()).isEqualTo("grace.comments");
        Answer other = comment(
                "{\"body\": \"His.\", \"author\": 1}",
                "X-User-Id",
                "" + grace,
                "X-Request-Id",
                "r-42",
                "Idempotency-Key",
                "k-7");
        assertThat(other.json().path("author").asString()).isEqualTo("admin");
        List<DomainEventMessage<?>> stored = SERVER.log().readStream("issue-" + issue, 1);
        assertThat(stored)
                .extracting(message -> ((IssueCommented) message.getPayload()).author())
                .containsExactly(grace, 1L);
        assertThat(Map.copyOf(stored.get(1).getMetaData()))
                .isEqualTo(Map.of("actor", "" + grace, "requestId", "r-42", "idempotencyKey", "k-7"));
    }

    @Test
    void a_comment_leaves_the_version_alone() {
        comment("{\"body\": \"Seen.\", \"author\": 1}");
        Answer edit = SERVER.send("PATCH", "/issues/" + issue, "{\"version\": 1}");
        assertThat(edit.status()).isEqualTo(200);
        assertThat(edit.json().path("version").asLong()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"author": 1}                                    | body   | is required
        {"author": 1, "body": null}                      | body   | must not be null
        {"author": 1, "body": 7}                         | body   | must be a text, not a number
        {"author": 1, "body": ""}                        | body   | must not be blank
        {"author": 1, "body": " \\n\\u00a0\\u2003"}      | body   | must not be blank
        {"author": 1, "body": "a\\u0000"}                | body   | must not contain the character U+0000
        {"author": 1, "body": "\\ud800"}                 | body   | must not contain half of a surrogate pair
        {"body": "Seen."}                                | author | is required if X-User-Id names no user
        {"body": "Seen.", "author": null}                | author | must not be null
        {"body": "Seen.", "author": "admin"}             | author | must be an integer, not a text
        {"body": "Seen.", "author": 1.0}                 | author | must be an integer, not a number
        {"body": "Seen.", "author": 4711}                | author | is no user: 4711
        {"body": "Seen.", "author": 0}                   | author | is no user: 0
        """)
    void bad_fields_are_named(String body, String field, String message) {
        JsonNode problem = refused(400, "validation-failed", "POST", path, body);
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
        assertThat(problem.path("errors").size()).isEqualTo(1);
    }

    @Test
    void all_bad_fields_are_named_at_once() {
        JsonNode problem = refused(400, "validation-failed", "POST", path, "{\"author\": 4711}");
        assertThat(problem.path("errors").propertyNames()).containsExactlyInAnyOrder("body", "author");
    }

    @Test
    void the_author_must_exist_also_where_another_acts() {
        refused(400, "validation-failed", "POST", path, "{\"body\": \"a\", \"author\": 4711}", "X-User-Id", "1");
        refused(400, "unknown-user", "POST", path, "{\"body\": \"a\", \"author\": 1}", "X-User-Id", "4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711000", "0", "-1", "01", "one", "99999999999999999999"})
    void an_unknown_issue_is_told_whatever_the_body(String unknown) {
        for (String body : new String[] {"{\"body\": \"a\", \"author\": 1}", "{\"body\": \"\"}", "[]", "{", "", null}) {
            refused(
                    404,
                    "unknown-issue",
                    "POST",
                    "/issues/" + unknown + "/comments",
                    body,
                    "Content-Type",
                    "application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{\"body\": \"a\"} {}", "{\"body\": \"a\", \"body\": \"b\"}"})
    void what_is_no_json_is_refused(String body) {
        refused(400, "malformed-json", "POST", path, body);
    }

    @Test
    void a_foreign_request_is_refused() {
        refused(400, "validation-failed", "POST", path, "[]");
        refused(400, "malformed-json", "POST", path, null, "Content-Type", "application/json");
        refused(415, "unsupported-media-type", "POST", path, "{\"body\": \"a\"}", "Content-Type", "text/plain");
        refused(406, "not-acceptable", "POST", path, "{\"body\": \"a\", \"author\": 1}", "Accept", "text/html");
        refused(413, "body-too-large", "POST", path, "{\"body\": \"" + "x".repeat(2_000_000) + "\"}");
        refused(405, "method-not-allowed", "DELETE", path, null);
        refused(404, "not-found", "POST", path + "/1", "{\"body\": \"a\", \"author\": 1}");
    }

    private Answer comment(String body, String... headers) {
        return SERVER.send("POST", path, body, headers);
    }
}
