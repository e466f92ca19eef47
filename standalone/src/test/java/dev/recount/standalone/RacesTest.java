package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.testing.Thoroughness;
import dev.recount.standalone.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RacesTest {

    private static final int CLIENTS = 32;

    @Test
    void of_clients_that_race_with_one_version_exactly_one_wins_and_the_others_write_nothing() {
        try (Recount recount = Recount.start()) {
            Client client = recount.client();
            EventLog log = recount.context().getBean(EventLog.class);
            long id = client.post("/issues", Map.of("title", "wanted by all"))
                    .expect(201)
                    .id();
            int rounds = Thoroughness.rounds(50, 1_000);
            for (int version = 1; version <= rounds; version++) {
                int raced = version;
                long before = log.head();
                List<Answer> answers = Crowd.of(
                        CLIENTS,
                        number -> () -> client.patch(
                                "/issues/" + id,
                                Map.of("title", "title " + raced + " by " + number, "version", raced)));
                List<Answer> won = answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .toList();
                assertThat(won).as("winners of round %d", raced).hasSize(1);
                assertThat(won.getFirst().body().path("version").asInt()).isEqualTo(raced + 1);
                assertThat(won.getFirst().position()).isEqualTo(before + 1);
                assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(lost -> {
                    assertThat(lost.status()).isEqualTo(409);
                    assertThat(lost.body().path("code").asString()).isEqualTo("stale-version");
                    assertThat(lost.body().path("current_version").asInt()).isEqualTo(raced + 1);
                });
                assertThat(log.head()).as("events after round %d", raced).isEqualTo(before + 1);
                assertThat(client.get("/issues/" + id).body().path("title"))
                        .isEqualTo(won.getFirst().body().path("title"));
            }
        }
    }
}
