package dev.recount.query.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RebuildsOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final String USERS = "/projections/user-list/rebuilds";

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        server.append(Events.user(NOON, 1, "admin"));
        server.append(Events.user(NOON, 2, "ada"));
        assertThat(server.get("/users").ids()).hasSize(2);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode end(HttpAnswer started) {
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.header("Location"))
                .isEqualTo("/rebuilds/" + started.json().get("id").asLong());
        await().until(() -> !server.get(started.header("Location"))
                .json()
                .get("finished_at")
                .isNull());
        return server.get(started.header("Location")).json();
    }

    private void awaitPhase(String address, String phase) {
        await().until(() -> server.get(address).json().get("phase").asString().equals(phase));
    }

    @Test
    void a_rebuild_is_accepted_and_shows_how_far_it_is_until_it_is_done() {
        var started = server.send("POST", USERS);
        assertThat(started.json().get("kind").asString()).isEqualTo("rebuild");
        assertThat(texts(started.json().get("projections"))).containsExactly("user-list");
        assertThat(started.json().get("finished_at").isNull()).isTrue();
        var run = end(started);
        assertThat(run.propertyNames())
                .containsExactly(
                        "id",
                        "kind",
                        "projections",
                        "phase",
                        "events_done",
                        "events_total",
                        "events_per_second",
                        "estimated_end",
                        "started_at",
                        "updated_at",
                        "finished_at",
                        "cancel_requested",
                        "failure",
                        "swapped",
                        "swap_attempts",
                        "longest_lock_seconds",
                        "node",
                        "differing_rows");
        assertThat(run.get("phase").asString()).isEqualTo("done");
        assertThat(run.get("events_done").asLong()).isEqualTo(2);
        assertThat(run.get("events_total").asLong()).isEqualTo(2);
        assertThat(run.get("failure").isNull()).isTrue();
        assertThat(texts(run.get("swapped"))).containsExactly("user-list");
        assertThat(run.get("swap_attempts").asInt()).isOne();
        assertThat(run.get("longest_lock_seconds").asDouble()).isPositive();
        assertThat(run.get("node").asString()).isNotBlank();
        assertThat(Instant.parse(run.get("finished_at").asString()))
                .isAfterOrEqualTo(Instant.parse(run.get("started_at").asString()));
        assertThat(server.get("/projections/user-list").json().get("generation").asInt())
                .isEqualTo(2);
        assertThat(server.get("/users").ids()).hasSize(2);
    }

    @Test
    void several_projections_or_all_are_rebuilt_in_one_pass() {
        var two = end(server.post("/rebuilds", """
            {"projections": ["user-list", "timeline", "user-list"]}
            """));
        assertThat(texts(two.get("projections"))).containsExactly("timeline", "user-list");
        assertThat(texts(two.get("swapped"))).containsExactlyInAnyOrder("timeline", "user-list");
        var all = end(server.post("/rebuilds", "{}"));
        assertThat(texts(all.get("swapped")))
                .hasSize(server.get("/projections").json().size())
                .contains("issue-list");
    }

    @Test
    void a_second_run_on_the_same_projection_is_refused_and_the_first_one_named() {
        try (var held = HeldProjection.of(database, "user-list")) {
            var first = server.send("POST", USERS).json().get("id").asLong();
            awaitPhase("/rebuilds/" + first, "swapping");
            for (var refused : List.of(
                    server.send("POST", USERS),
                    server.send("POST", "/projections/user-list/verification"),
                    server.post("/rebuilds", "{}"))) {
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.code()).isEqualTo("rebuild-running");
                assertThat(refused.json().get("rebuild").asLong()).isEqualTo(first);
                assertThat(refused.json().get("projection").asString()).isEqualTo("user-list");
            }
            var shown = server.get("/projections/user-list").json();
            assertThat(shown.get("state").asString()).isEqualTo("rebuilding");
            assertThat(shown.get("rebuild").asLong()).isEqualTo(first);
            assertThat(end(server.send("POST", "/projections/timeline/rebuilds"))
                            .get("phase")
                            .asString())
                    .isEqualTo("done");
            held.close();
            awaitPhase("/rebuilds/" + first, "done");
        }
        assertThat(server.get("/projections/user-list").json().get("state").asString())
                .isEqualTo("live");
    }

    @Test
    void a_run_is_shown_and_cancelled_by_any_node() {
        try (var second = QueryServer.on(database);
                var _ = HeldProjection.of(database, "user-list")) {
            var address = server.send("POST", USERS).header("Location");
            awaitPhase(address, "swapping");
            assertThat(second.get(address).json().get("phase").asString()).isEqualTo("swapping");
            var cancelled = second.send("DELETE", address);
            assertThat(cancelled.status()).isEqualTo(202);
            assertThat(cancelled.json().get("cancel_requested").asBoolean()).isTrue();
            awaitPhase(address, "cancelled");
        }
        assertThat(server.get("/projections/user-list").json().get("generation").asInt())
                .isOne();
    }

    @Test
    void a_run_that_is_over_is_not_cancelled() {
        var id = end(server.send("POST", USERS)).get("id").asLong();
        var refused = server.send("DELETE", "/rebuilds/" + id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("rebuild-over");
        assertThat(refused.json().get("phase").asString()).isEqualTo("done");
    }

    @Test
    void a_run_that_meets_an_event_it_cannot_apply_fails_and_says_which() {
        JdbcClient.create(database.dataSource())
                .sql("ALTER TABLE user_row ADD CONSTRAINT squeamish CHECK (username <> 'ada') NOT VALID")
                .update();
        var run = end(server.send("POST", USERS));
        assertThat(run.get("phase").asString()).isEqualTo("failed");
        var failure = run.get("failure");
        assertThat(failure.get("cause").asString()).contains("squeamish");
        assertThat(failure.get("projection").asString()).isEqualTo("user-list");
        assertThat(failure.get("position").asLong()).isEqualTo(2);
        assertThat(failure.get("stream").asString()).isEqualTo("user-2");
        assertThat(failure.get("type").asString()).isEqualTo("UserRegistered");
        assertThat(server.get("/users").ids()).hasSize(2);
    }

    @Test
    void runs_are_listed_newest_first_and_paged() {
        assertThat(server.get("/rebuilds").ids()).isEmpty();
        for (var run = 1; run <= 3; run++) {
            end(server.send("POST", USERS));
        }
        var first = server.get("/rebuilds?page_size=2");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.ids()).hasSize(2).isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(first.json().get("count").asLong()).isEqualTo(3);
        assertThat(server.get(first.json().get("next").asString()).ids()).hasSize(1);
        assertThat(server.get("/rebuilds?page=3&page_size=2").code()).isEqualTo("unknown-page");
    }

    @Test
    void what_cannot_be_rebuilt_is_told() {
        assertThat(server.send("POST", "/projections/unknown/rebuilds").code()).isEqualTo("unknown-projection");
        assertThat(server.send("POST", "/projections/unknown/verification").code())
                .isEqualTo("unknown-projection");
        assertThat(server.post("/rebuilds", "[]").code()).isEqualTo("validation-failed");
        assertThat(server.send("POST", "/rebuilds", "Content-Type", "application/json")
                        .code())
                .isEqualTo("malformed-json");
        for (var projections : List.of("null", "\"user-list\"", "[]")) {
            var answer = server.post("/rebuilds", "{\"projections\": " + projections + "}");
            assertThat(answer.code()).as(projections).isEqualTo("validation-failed");
            assertThat(answer.json().get("errors").propertyNames()).containsExactly("projections");
        }
        var answer = server.post("/rebuilds", """
            {"projections": ["user-list", "unknown", 7]}
            """);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").propertyNames())
                .containsExactlyInAnyOrder("projections[1]", "projections[2]");
        assertThat(server.get("/rebuilds").ids()).isEmpty();
    }

    @Test
    void rows_of_a_newer_version_are_neither_rebuilt_nor_verified() {
        JdbcClient.create(database.dataSource())
                .sql("UPDATE projection SET version = version + 1 WHERE name = 'user-list'")
                .update();
        for (var address : List.of(USERS, "/projections/user-list/verification")) {
            var refused = server.send("POST", address);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("newer-projection");
        }
    }

    @Test
    void what_this_version_has_not_filled_yet_is_not_verified() {
        var sql = JdbcClient.create(database.dataSource());
        // So that it is not filled meanwhile.
        sql.sql("CREATE VIEW users AS SELECT * FROM user_row").update();
        sql.sql("UPDATE projection SET version = 0 WHERE name = 'user-list'").update();
        var refused = server.send("POST", "/projections/user-list/verification");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.code()).isEqualTo("not-comparable");
        assertThat(refused.json().get("projection").asString()).isEqualTo("user-list");
    }

    @Test
    void a_run_that_is_not_there_is_not_found() {
        for (var id : List.of("1", "0", "07", "newest", "9223372036854775808")) {
            for (var answer : List.of(
                    server.get("/rebuilds/" + id),
                    server.get("/rebuilds/" + id, "Accept", "text/event-stream"),
                    server.send("DELETE", "/rebuilds/" + id))) {
                assertThat(answer.status()).as(id).isEqualTo(404);
                assertThat(answer.code()).as(id).isEqualTo("unknown-rebuild");
            }
        }
    }

    @Test
    void a_verification_says_that_nothing_differs() {
        var run = end(server.send("POST", "/projections/user-list/verification"));
        assertThat(run.get("kind").asString()).isEqualTo("verification");
        assertThat(run.get("phase").asString()).isEqualTo("done");
        assertThat(run.get("differing_rows").asLong()).isZero();
        assertThat(run.get("report").get("tables").isArray()).isTrue();
        assertThat(server.get("/rebuilds").json().get("results").get(0).has("report"))
                .isFalse();
        assertThat(server.get("/projections/user-list").json().get("generation").asInt())
                .isOne();
    }

    @Test
    void a_verification_lists_the_rows_that_differ_with_the_events_behind_them() {
        JdbcClient.create(database.dataSource())
                .sql("UPDATE user_row SET username = 'forged' WHERE id = 2")
                .update();
        var run = end(server.send("POST", "/projections/user-list/verification"));
        assertThat(run.get("phase").asString()).isEqualTo("done");
        assertThat(run.get("differing_rows").asLong()).isOne();
        var table = run.get("report")
                .get("tables")
                .valueStream()
                .filter(one -> one.get("table").asString().equals("user_row"))
                .findFirst()
                .orElseThrow();
        assertThat(table.get("changed").asLong()).isOne();
        var difference = table.get("differences").get(0);
        assertThat(difference.get("key")).isEqualTo(HttpAnswer.parse("{\"id\": 2}"));
        assertThat(difference.get("found").get("username").asString()).isEqualTo("forged");
        assertThat(difference.get("expected").get("username").asString()).isEqualTo("ada");
        assertThat(difference.get("events").get("positions")).isEqualTo(HttpAnswer.parse("[2]"));
        assertThat(server.get("/rebuilds")
                        .json()
                        .get("results")
                        .get(0)
                        .get("differing_rows")
                        .asLong())
                .isOne();
    }
}
