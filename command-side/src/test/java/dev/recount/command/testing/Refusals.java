package dev.recount.command.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends requests that must be refused, and checks the refusal and that the log has not moved. */
public final class Refusals {

    private Refusals() {}

    public static JsonNode refused(
            int status, String code, String method, String path, @Nullable String body, String... headers) {
        CommandServer server = CommandServer.shared();
        long head = server.log().head();
        Answer answer = server.send(method, path, body, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.path("instance").asString()).isEqualTo(path);
        assertThat(server.log().head()).isEqualTo(head);
        return problem;
    }
}
