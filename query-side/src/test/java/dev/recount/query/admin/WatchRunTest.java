package dev.recount.query.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WatchRunTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final int CLIENTS = 50;

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        server.append(Events.user(NOON, 1, "admin"));
        assertThat(server.get("/users").ids()).hasSize(1);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private HttpRequest request(String address, String... headers) {
        return HttpRequest.newBuilder(server.uri(address))
                .headers(Stream.concat(Stream.of("Accept", "text/event-stream"), Stream.of(headers))
                        .toArray(String[]::new))
                .build();
    }

    private HttpResponse<Stream<String>> open(HttpClient client, String address, String... headers) throws Exception {
        return client.send(request(address, headers), BodyHandlers.ofLines());
    }

    private static List<JsonNode> states(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: "))
                .map(line -> HttpAnswer.parse(line.substring("data: ".length())))
                .toList();
    }

    private String rebuild() {
        return server.send("POST", "/projections/user-list/rebuilds").header("Location");
    }

    private void awaitPhase(String address, String phase) {
        await().until(() -> server.get(address).json().get("phase").asString().equals(phase));
    }

    private WatchedRuns watchedRuns() {
        return server.context().getBean(WatchedRuns.class);
    }

    @Test
    void a_run_is_told_from_where_it_is_to_its_end_and_then_the_stream_ends() throws Exception {
        try (var held = HeldProjection.of(database, "user-list")) {
            var address = rebuild();
            awaitPhase(address, "swapping");
            var stream = open(server.client(), address);
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(stream.headers().firstValue("Cache-Control")).contains("no-store");
            held.close();
            var lines = stream.body().toList();
            var states = states(lines.stream());
            assertThat(states.getFirst().get("phase").asString()).isEqualTo("swapping");
            assertThat(states.getLast()).isEqualTo(server.get(address).json());
            assertThat(states.getLast().get("phase").asString()).isEqualTo("done");
            assertThat(states).hasSizeGreaterThan(1);
            assertThat(lines.stream().filter(line -> line.startsWith("id: "))).hasSameSizeAs(states);
        }
        await().until(() -> watchedRuns().size() == 0);
    }

    @Test
    void a_question_for_the_head_is_answered_at_once_however_long_the_run() throws Exception {
        try (var held = HeldProjection.of(database, "user-list")) {
            var address = rebuild();
            awaitPhase(address, "swapping");
            var head = server.client()
                    .send(
                            HttpRequest.newBuilder(server.uri(address))
                                    .HEAD()
                                    .header("Accept", "text/event-stream")
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
            assertThat(head.body()).isEmpty();
            assertThat(server.get(address).json().get("phase").asString()).isEqualTo("swapping");
            held.close();
        }
    }

    @Test
    void a_client_that_has_seen_the_end_is_told_to_stop() throws Exception {
        var address = rebuild();
        awaitPhase(address, "done");
        var lines = open(server.client(), address).body().toList();
        assertThat(states(lines.stream())).containsExactly(server.get(address).json());
        var id = lines.getFirst().substring("id: ".length());
        assertThat(open(server.client(), address, "Last-Event-ID", id).statusCode())
                .isEqualTo(204);
        assertThat(states(open(server.client(), address, "Last-Event-ID", "1").body()))
                .hasSize(1);
    }

    @Test
    void who_does_not_ask_for_events_gets_JSON() {
        var address = rebuild();
        awaitPhase(address, "done");
        for (var accept : List.of("*/*", "application/json", "application/*", "application/json, text/event-stream")) {
            assertThat(server.get(address, "Accept", accept).header("Content-Type"))
                    .as(accept)
                    .startsWith("application/json");
        }
        assertThat(server.get(address).header("Content-Type")).startsWith("application/json");
        assertThat(server.get(address, "Accept", "text/html").code()).isEqualTo("not-acceptable");
    }

    @Test
    void many_clients_watch_a_run_and_leave_nothing_behind_when_they_go() throws Exception {
        var leaving = HttpClient.newHttpClient();
        var streams = new ArrayList<CompletableFuture<HttpResponse<Stream<String>>>>();
        try (var held = HeldProjection.of(database, "user-list")) {
            var address = rebuild();
            awaitPhase(address, "swapping");
            for (var client = 0; client < CLIENTS; client++) {
                streams.add(leaving.sendAsync(request(address), BodyHandlers.ofLines()));
            }
            for (var stream : streams) {
                assertThat(stream.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            var staying = open(server.client(), address);
            assertThat(watchedRuns().size()).isOne();
            leaving.shutdownNow();
            assertThat(leaving.awaitTermination(Duration.ofSeconds(30))).isTrue();
            held.close();
            assertThat(states(staying.body()).getLast().get("phase").asString()).isEqualTo("done");
        }
        await().until(() -> watchedRuns().size() == 0);
    }

    @Test
    void a_client_that_goes_is_noticed_while_nothing_happens() throws Exception {
        try (var _ = HeldProjection.of(database, "user-list")) {
            var address = rebuild();
            awaitPhase(address, "swapping");
            var leaving = HttpClient.newHttpClient();
            var stream = leaving.sendAsync(request(address), BodyHandlers.ofLines());
            assertThat(stream.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(watchedRuns().size()).isOne();
            leaving.shutdownNow();
            await().atMost(Duration.ofSeconds(30)).until(() -> watchedRuns().size() == 0);
            server.send("DELETE", address);
            awaitPhase(address, "cancelled");
        }
    }

    @Test
    void a_node_that_stops_ends_its_streams_at_once() throws Exception {
        try (var second = QueryServer.on(database, "--server.shutdown=graceful");
                var _ = HeldProjection.of(database, "user-list")) {
            var address = rebuild();
            awaitPhase(address, "swapping");
            var request = HttpRequest.newBuilder(second.uri(address))
                    .header("Accept", "text/event-stream")
                    .build();
            var stream = server.client().send(request, BodyHandlers.ofLines());
            var before = Instant.now();
            second.context().close();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(states(stream.body()).getLast().get("phase").asString()).isEqualTo("swapping");
            server.send("DELETE", address);
            awaitPhase(address, "cancelled");
        }
    }
}
