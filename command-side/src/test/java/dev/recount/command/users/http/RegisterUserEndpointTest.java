package dev.recount.command.users.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RegisterUserEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();

    @Test
    void a_user_is_answered_as_it_was_registered() {
        Answer answer = SERVER.send(
                "POST",
                "/users",
                "{\"username\": \"ada.l+1@x_y-z\", \"display_name\": \" Ada Lovelace \", \"id\": 1, \"shoe_size\": 38}",
                "X-User-Id",
                "1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode user = answer.json();
        assertThat(user.propertyNames()).containsExactly("id", "username", "display_name", "created_at");
        assertThat(user.path("username").asString()).isEqualTo("ada.l+1@x_y-z");
        assertThat(user.path("display_name").asString()).isEqualTo(" Ada Lovelace ");
        assertThat(Instant.parse(user.path("created_at").asString())).isBefore(Instant.now());
        long id = user.path("id").asLong();
        assertThat(id).isGreaterThan(1);
        assertThat(answer.header("Location")).isEqualTo("/users/" + id);
        assertThat(answer.header("Event-Position"))
                .isEqualTo(SERVER.position(SERVER.log().head()));
        assertThat(SERVER.log().readStream("user-" + id, 0).getFirst().getMetaData())
                .containsAllEntriesOf(Map.of("actor", "1"));
    }

    @Test
    void a_new_user_can_act_and_be_assigned_at_once() {
        JsonNode user =
                SERVER.send("POST", "/users", "{\"username\": \"grace\"}").json();
        assertThat(user.path("display_name").asString()).isEmpty();
        long id = user.path("id").asLong();
        Answer issue =
                SERVER.send("POST", "/issues", "{\"title\": \"Moth\", \"assignee\": " + id + "}", "X-User-Id", "" + id);
        assertThat(issue.status()).isEqualTo(201);
        assertThat(issue.json().path("assignee").asLong()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "linus"})
    void a_taken_name_is_refused(String username) {
        if (!username.equals("admin")) {
            SERVER.send("POST", "/users", "{\"username\": \"" + username + "\"}");
        }
        refused(409, "username-taken", "POST", "/users", "{\"username\": \"" + username + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                          | username     | is required
        {"username": null}                          | username     | must not be null
        {"username": 7}                             | username     | must be a text, not a number
        {"username": ""}                            | username     | must be 1 to 150 letters, digits or any of _ . @ + -
        {"username": " bob"}                        | username     | must be 1 to 150 letters, digits or any of _ . @ + -
        {"username": "b\\u00f6b"}                   | username     | must be 1 to 150 letters, digits or any of _ . @ + -
        {"username": "bob\\n"}                      | username     | must be 1 to 150 letters, digits or any of _ . @ + -
        {"username": "bob", "display_name": null}   | display_name | must not be null
        {"username": "bob", "display_name": {}}     | display_name | must be a text, not an object
        {"username": "bob", "display_name": "\\u0000"} | display_name | must not contain the character U+0000
        """)
    void bad_fields_are_named(String body, String field, String message) {
        JsonNode problem = refused(400, "validation-failed", "POST", "/users", body);
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
        assertThat(problem.path("errors").size()).isEqualTo(1);
    }

    @Test
    void names_have_at_most_150_characters() {
        String longest = "{\"username\": \"" + "a".repeat(150) + "\", \"display_name\": \"" + "x".repeat(150) + "\"}";
        assertThat(SERVER.send("POST", "/users", longest).status()).isEqualTo(201);
        JsonNode problem = refused(
                400,
                "validation-failed",
                "POST",
                "/users",
                "{\"username\": \"" + "a".repeat(151) + "\", \"display_name\": \"" + "x".repeat(151) + "\"}");
        assertThat(problem.path("errors").propertyNames()).containsExactlyInAnyOrder("username", "display_name");
    }

    @Test
    void what_is_no_json_object_is_refused() {
        refused(400, "malformed-json", "POST", "/users", "{");
        refused(400, "validation-failed", "POST", "/users", "[]");
        refused(415, "unsupported-media-type", "POST", "/users", "{\"username\": \"bob\"}", "Content-Type", "text/csv");
        refused(400, "unknown-user", "POST", "/users", "{\"username\": \"bob\"}", "X-User-Id", "4711");
    }
}
