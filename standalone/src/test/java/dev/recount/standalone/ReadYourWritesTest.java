package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.Thoroughness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadYourWritesTest {

    private static final int CLIENTS = 16;

    private static Recount recount;

    @BeforeAll
    static void start() {
        recount = Recount.start();
    }

    @AfterAll
    static void stop() {
        recount.close();
    }

    @Test
    void a_create_followed_at_once_by_list_and_detail_is_seen_by_both() {
        int rounds = Thoroughness.rounds(30, 10_000 / CLIENTS);
        AtomicLong created = new AtomicLong();
        Client client = recount.client();
        List<Integer> seen = Crowd.of(CLIENTS, number -> () -> {
            long user = client.post("/users", Map.of("username", "reader-" + number))
                    .expect(201)
                    .id();
            for (int round = 1; round <= rounds; round++) {
                String title = "issue " + round + " of reader " + number;
                long id = client.post("/issues", Map.of("title", title, "assignee", user))
                        .expect(201)
                        .id();
                long atLeast = created.incrementAndGet();
                JsonNode all = client.get("/issues").expect(200).body();
                assertThat(all.path("count").asLong()).isGreaterThanOrEqualTo(atLeast);
                JsonNode mine = client.get("/issues?page_size=1&assignee=" + user)
                        .expect(200)
                        .body();
                assertThat(mine.path("count").asInt()).isEqualTo(round);
                assertThat(mine.at("/results/0/id").asLong()).isEqualTo(id);
                JsonNode detail = client.get("/issues/" + id).expect(200).body();
                assertThat(detail.path("title").asString()).isEqualTo(title);
            }
            return rounds;
        });
        assertThat(seen).hasSize(CLIENTS).containsOnly(rounds);
    }

    @Test
    void an_edit_followed_at_once_by_list_and_detail_is_seen_by_both() {
        Client client = recount.client();
        Crowd.of(CLIENTS, number -> () -> {
            long id = client.post("/issues", Map.of("title", "edited by " + number))
                    .expect(201)
                    .id();
            for (int version = 1; version <= Thoroughness.rounds(20, 200); version++) {
                String status = version % 2 == 0 ? "open" : "resolved";
                client.patch("/issues/" + id, Map.of("status", status, "version", version))
                        .expect(200);
                JsonNode detail = client.get("/issues/" + id).expect(200).body();
                assertThat(detail.path("version").asInt()).isEqualTo(version + 1);
                assertThat(detail.path("status").asString()).isEqualTo(status);
            }
            return id;
        });
    }
}
