package dev.recount.command.issue.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every write has in common: content negotiation, strict parsing on request, and one definition of blank. */
class StrictWritesTest {

    private static final String NOT_SET = "is no field that can be set here";

    private final CommandServer server = CommandServer.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json;charset=utf-16",
                "*/*;charset=windows-1252"
            })
    void every_write_is_answered_in_utf_8_whatever_charset_is_accepted(String accept) {
        long id = issue();
        assertJson(server.send("POST", "/issues", "{\"title\": \"\u4e2d\"}", "Accept", accept), 201);
        assertJson(
                server.send("PATCH", "/issues/" + id, "{\"title\": \"\u4e2d\", \"version\": 1}", "Accept", accept),
                200);
        assertJson(
                server.send(
                        "POST",
                        "/issues/" + id + "/comments",
                        "{\"body\": \"\u4e2d\", \"author\": 1}",
                        "Accept",
                        accept),
                201);
        assertJson(server.send("PUT", "/issues/" + id + "/labels", "[{\"name\": \"\u4e2d\"}]", "Accept", accept), 200);
        assertJson(
                server.send(
                        "PUT",
                        "/issues/bulk-status",
                        "[{\"id\": " + id + ", \"status\": \"closed\"}]",
                        "Accept",
                        accept),
                200);
        assertJson(
                server.send("POST", "/issues/" + id + "/revert", "{\"edit\": 2, \"version\": 3}", "Accept", accept),
                200);
        refused(404, "unknown-issue", "PATCH", "/issues/999999999", "{}", "Accept", accept);
        refused(406, "not-acceptable", "POST", "/issues", "{\"title\": \"a\"}", "Accept", "application/json;q=0");
    }

    @Test
    void a_merge_patch_is_taken_by_patch_and_nowhere_else() {
        long id = issue();
        String type = "application/merge-patch+json";
        assertJson(
                server.send("PATCH", "/issues/" + id, "{\"assignee\": null, \"version\": 1}", "Content-Type", type),
                200);
        refused(415, "unsupported-media-type", "POST", "/issues", "{\"title\": \"a\"}", "Content-Type", type);
        Answer options = server.send("OPTIONS", "/issues/" + id, null);
        assertThat(options.header("Allow")).isEqualTo("OPTIONS, PATCH");
        assertThat(options.header("Accept-Patch")).isEqualTo("application/json, application/merge-patch+json");
    }

    @Test
    void paths_of_their_own_have_no_methods_of_the_issues() {
        refused(405, "method-not-allowed", "PATCH", "/issues/import", "{}");
        assertThat(server.send("OPTIONS", "/issues/import", null).header("Allow"))
                .isEqualTo("OPTIONS, POST");
        assertThat(server.send("DELETE", "/issues/bulk-status", null).header("Allow"))
                .isEqualTo("OPTIONS, POST, PUT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        POST  | /issues                | {"title": "a", "id": 1, "labels": []}                          | id labels
        POST  | /issues                | {"title": "a", "version": 1, "created_at": "x"}                | version created_at
        PATCH | /issues/{id}           | {"version": 1, "updated_at": null, "titel": 1}                 | updated_at titel
        POST  | /issues/{id}/comments  | {"body": "a", "author": 1, "created_at": 1}                    | created_at
        POST  | /issues/{id}/revert    | {"to_version": 1, "version": 1, "editt": 2}                    | editt
        PUT   | /issues/{id}/labels    | [{"name": "a"}, {"name": "b", "id": 1}]                        | [1].id
        PUT   | /issues/bulk-status    | [{"id": {id}, "status": "open", "titel": 1}, {"id": 1, "status": "open", "x": 1}] | [0].titel [1].x
        POST  | /users                 | {"username": "strict", "displayname": "S"}                     | displayname
        """)
    void a_client_that_asks_for_it_has_unknown_and_read_only_fields_refused(
            String method, String path, String body, String fields) {
        String id = Long.toString(issue());
        var problem = refused(
                400,
                "validation-failed",
                method,
                path.replace("{id}", id),
                body.replace("{id}", id),
                "Prefer",
                "handling=strict");
        assertThat(problem.path("errors").propertyNames()).containsExactlyInAnyOrder(fields.split(" "));
        for (String field : fields.split(" ")) {
            assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(NOT_SET);
        }
    }

    @Test
    void what_is_known_is_taken_from_a_strict_client_too() {
        Answer answer = server.send(
                "POST",
                "/issues",
                "{\"title\": \"a\", \"description\": \"b\", \"status\": \"open\", \"assignee\": 1}",
                "Prefer",
                "handling=strict");
        assertJson(answer, 201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("handling=strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0085", "\\u200b", "\\u00ad\\u2060", "\\u0001", "\\u2028 \\ufeff", "\\u3164", "\\u2800"})
    void what_shows_nothing_is_blank_wherever_something_must_be_said(String text) {
        long id = issue();
        String quoted = '"' + text + '"';
        assertThat(refused(400, "validation-failed", "POST", "/issues", "{\"title\": " + quoted + "}")
                        .at("/errors/title/0")
                        .asString())
                .isEqualTo("must not be blank");
        refused(400, "validation-failed", "PATCH", "/issues/" + id, "{\"version\": 1, \"title\": " + quoted + "}");
        refused(
                400,
                "validation-failed",
                "POST",
                "/issues/" + id + "/comments",
                "{\"author\": 1, \"body\": " + quoted + "}");
        refused(400, "validation-failed", "PUT", "/issues/" + id + "/labels", "[{\"name\": " + quoted + "}]");
    }

    @Test
    void white_space_of_unicode_is_trimmed_from_a_title() {
        Answer answer = server.send("POST", "/issues", "{\"title\": \"\\u0085\\u3000 a \\u2028\"}");
        assertThat(answer.json().path("title").asString()).isEqualTo("a");
    }

    private long issue() {
        return server.send("POST", "/issues", "{\"title\": \"a\"}")
                .json()
                .path("id")
                .asLong();
    }

    private static void assertJson(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }
}
