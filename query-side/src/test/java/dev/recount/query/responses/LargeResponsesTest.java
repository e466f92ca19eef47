package dev.recount.query.responses;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import dev.recount.web.HeapBudget;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LargeResponsesTest {

    private TestDatabase database;
    private QueryServer server;
    private HeapBudget heap;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        heap = server.context().getBean(HeapBudget.class);
        server.append(Events.issue(Instant.now(), 1, OPEN, null));
        server.append(Events.issue(Instant.now(), 2, OPEN, null));
        server.append(
                Events.of(Instant.now(), "issue-1", 1, new IssueDescriptionChanged(1, "word ".repeat(60_000), 2)));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void what_is_known_to_be_large_waits_for_room_in_memory() throws Exception {
        assertThat(server.get("/issues/1").status()).isEqualTo(200);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var room = heap.take(Long.MAX_VALUE / 2);
            var fresh = clients.submit(() -> server.get("/issues/1"));
            var stale = clients.submit(() -> server.get("/issues/1", "Prefer", "stale-ok"));
            var past = clients.submit(() -> server.get("/issues/1?version=1"));
            await().until(() -> heap.waiting() == 3);
            assertThat(server.get("/issues/2").status()).isEqualTo(200);
            room.close();
            assertThat(fresh.get().status()).isEqualTo(200);
            assertThat(stale.get().status()).isEqualTo(200);
            assertThat(past.get().status()).isEqualTo(200);
        }
        // All of it was given back.
        heap.take(Long.MAX_VALUE / 2).close();
    }

    @Test
    void events_wait_for_room_too_unless_they_are_few_and_small() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var room = heap.take(Long.MAX_VALUE / 2);
            var page = clients.submit(() -> server.get("/events"));
            var lines = clients.submit(() -> server.getText("/events", "Accept", "application/x-ndjson"));
            await().until(() -> heap.waiting() == 2);
            assertThat(server.get("/events?limit=2").status()).isEqualTo(200);
            assertThat(server.get("/issues/2/history").status()).isEqualTo(200);
            room.close();
            assertThat(page.get().json().get("results").size()).isEqualTo(3);
            assertThat(lines.get().body().lines()).hasSize(3);
        }
        heap.take(Long.MAX_VALUE / 2).close();
    }
}
