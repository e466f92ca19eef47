package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandSideApplicationTest {

    @Test
    void two_processes_share_a_database_and_a_restart_goes_on() {
        try (TestDatabase database = TestDatabase.fresh()) {
            try (CommandServer one = CommandServer.on(database);
                    CommandServer two = CommandServer.on(database)) {
                assertThat(one.log().head()).isEqualTo(2);
                assertThat(one.send("GET", "/actuator/health/readiness", null).status())
                        .isEqualTo(200);
                long[] ids = Stream.of(one, two, one)
                        .map(server -> server.send("POST", "/issues", "{\"title\": \"Crash\"}"))
                        .mapToLong(answer -> answer.json().path("id").asLong())
                        .toArray();
                assertThat(ids).containsExactly(1, 2, 3);
                assertThat(two.send("PATCH", "/issues/1", "{\"version\": 1}").status())
                        .isEqualTo(200);
                assertThat(one.send("PATCH", "/issues/1", "{\"version\": 2}").status())
                        .isEqualTo(200);
                assertThat(two.send("PATCH", "/issues/1", "{\"version\": 2}").status())
                        .isEqualTo(409);
            }
            try (CommandServer again = CommandServer.on(database)) {
                Answer edited = again.send("PATCH", "/issues/1", "{\"title\": \"Freeze\", \"version\": 3}");
                assertThat(edited.json().path("version").asLong()).isEqualTo(4);
                assertThat(again.send("POST", "/issues", "{\"title\": \"Next\"}")
                                .json()
                                .path("id")
                                .asLong())
                        .isEqualTo(4);
                assertThat(again.log().head()).isEqualTo(9);
            }
        }
    }
}
