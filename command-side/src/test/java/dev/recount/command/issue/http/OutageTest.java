package dev.recount.command.issue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.command.testing.Outage;
import dev.recount.eventstore.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OutageTest {

    private record Request(String method, String path, String body) {}

    private static final List<Request> WRITES = List.of(
            new Request("POST", "/issues", "{\"title\": \"Freeze\"}"),
            new Request("POST", "/issues", "{\"title\": \"Freeze\", \"assignee\": 2}"),
            new Request("PATCH", "/issues/1", "{\"title\": \"Freeze\", \"version\": 1}"),
            new Request("PATCH", "/issues/1", "{\"title\": \"\", \"version\": 1}"),
            new Request("PATCH", "/issues/2", "{\"title\": \"Freeze\", \"version\": 1}"),
            new Request("POST", "/issues/1/comments", "{\"body\": \"Seen.\", \"author\": 1}"),
            new Request("PUT", "/issues/1/labels", "[{\"name\": \"bug\"}]"),
            new Request("PUT", "/issues/1/labels", "[]"),
            new Request("PUT", "/issues/bulk-status", "[{\"id\": 1, \"status\": \"closed\"}]"),
            new Request("POST", "/users", "{\"username\": \"ada\"}"));

    @Test
    void writes_are_unavailable_without_a_database_and_work_again_with_it() {
        try (TestDatabase database = TestDatabase.fresh();
                Outage outage = new Outage(database);
                CommandServer server =
                        CommandServer.on(database, "--spring.datasource.hikari.connection-timeout=500")) {
            assertThat(server.send("POST", "/issues", "{\"title\": \"Crash\"}").status())
                    .isEqualTo(201);
            long head = server.log().head();
            outage.begin();
            // A write on a lost connection has an unknown outcome, until the last lost connection is removed.
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> WRITES.stream().map(write -> refusal(server, write)).toList().stream()
                            .allMatch("database-unavailable"::equals));
            outage.end();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.send("PATCH", "/issues/1", "{\"version\": 1}")
                                    .status()
                            == 200);
            assertThat(server.log().head()).isEqualTo(head + 1);
        }
    }

    /** The problem's code. */
    private static String refusal(CommandServer server, Request write) {
        Answer answer = server.send(write.method(), write.path(), write.body());
        assertThat(answer.status()).as(write + answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.body()).doesNotContainIgnoringCase("select").doesNotContainIgnoringCase("sql");
        String code = answer.json().path("code").asString();
        assertThat(code).isIn("database-unavailable", "outcome-unknown");
        return code;
    }
}
