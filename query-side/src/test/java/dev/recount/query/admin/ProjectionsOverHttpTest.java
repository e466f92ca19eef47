package dev.recount.query.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ProjectionsOverHttpTest {

    private TestDatabase database;
    private QueryServer server;
    private JdbcClient sql;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        server = QueryServer.on(database);
        server.append(Events.user(Instant.now(), 1, "admin"));
        server.append(Events.user(Instant.now(), 2, "ada"));
        assertThat(server.get("/users").ids()).hasSize(2);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private JsonNode users(QueryServer asked) {
        var answer = asked.get("/projections/user-list");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private void awaitState(QueryServer asked, String state) {
        await().until(() -> users(asked).get("state").asString().equals(state));
    }

    @Test
    void every_projection_is_listed_by_name() {
        var answer = server.get("/projections");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().valueStream().map(one -> one.get("name").asString()))
                .isSorted()
                .contains("assignee-count", "issue-list", "resolution", "timeline", "user-list");
        assertThat(answer.json().valueStream().map(one -> one.get("head").asLong()))
                .containsOnly(2L);
    }

    @Test
    void a_projection_is_shown_with_all_that_an_operator_asks() {
        var shown = users(server);
        assertThat(shown.propertyNames())
                .containsExactly(
                        "name",
                        "state",
                        "version",
                        "stored_version",
                        "generation",
                        "position",
                        "head",
                        "lag_events",
                        "lag_seconds",
                        "events_per_second",
                        "dead_letters",
                        "waiting_events",
                        "failure",
                        "rebuild",
                        "node",
                        "updated_at",
                        "tables");
        assertThat(shown.get("name").asString()).isEqualTo("user-list");
        assertThat(shown.get("state").asString()).isEqualTo("live");
        assertThat(shown.get("version")).isEqualTo(shown.get("stored_version"));
        assertThat(shown.get("generation").asInt()).isOne();
        assertThat(shown.get("position").asLong()).isEqualTo(2);
        assertThat(shown.get("head").asLong()).isEqualTo(2);
        assertThat(shown.get("lag_events").asLong()).isZero();
        assertThat(shown.get("lag_seconds").asDouble()).isZero();
        assertThat(shown.get("dead_letters").asLong()).isZero();
        assertThat(shown.get("failure").isNull()).isTrue();
        assertThat(shown.get("node").asString())
                .endsWith("/" + ProcessHandle.current().pid());
        assertThat(shown.get("tables")
                        .valueStream()
                        .map(table -> table.get("name").asString()))
                .containsExactly("user_row", "user_count");
        await().untilAsserted(() -> assertThat(
                        users(server).get("tables").get(0).get("estimated_rows").asLong())
                .isEqualTo(2));
    }

    @Test
    void events_per_second_tell_that_events_come_in() {
        await().until(() -> {
            var id = users(server).get("head").asLong() + 1;
            server.append(Events.user(Instant.now(), id, "user" + id));
            return users(server).get("events_per_second").asDouble() > 0;
        });
    }

    @Test
    void a_projection_that_cannot_go_on_is_shown_as_failing_by_every_node() {
        sql.sql("ALTER TABLE user_row RENAME TO elsewhere").update();
        server.append(Events.user(Instant.now().minusSeconds(90), 3, "grace"));
        try (var second = QueryServer.on(database)) {
            for (var node : List.of(server, second)) {
                awaitState(node, "failing");
                var shown = users(node);
                assertThat(shown.get("lag_events").asLong()).isOne();
                assertThat(shown.get("lag_seconds").asDouble()).isBetween(90.0, 200.0);
                assertThat(shown.get("dead_letters").asLong()).isZero();
                var failure = shown.get("failure");
                assertThat(failure.get("cause").asString()).contains("user_row");
                assertThat(failure.get("first_position").asLong()).isEqualTo(3);
                assertThat(failure.get("last_position").asLong()).isEqualTo(3);
                assertThat(Instant.parse(failure.get("since").asString())).isBefore(Instant.now());
                assertThat(node.get("/projections/issue-list")
                                .json()
                                .get("state")
                                .asString())
                        .isEqualTo("live");
            }
            sql.sql("ALTER TABLE elsewhere RENAME TO user_row").update();
            awaitState(second, "live");
            assertThat(users(second).get("lag_events").asLong()).isZero();
        }
    }

    @Test
    void a_name_that_no_projection_has_is_not_found() {
        for (var name : List.of("unheard-of", "User-List", "user_list", "%20")) {
            for (var below : List.of("", "/dead-letters", "/dead-letters/1", "/discarded-events")) {
                var answer = server.get("/projections/" + name + below);
                assertThat(answer.status()).as(name + below).isEqualTo(404);
                assertThat(answer.code()).as(name + below).isEqualTo("unknown-projection");
            }
        }
    }

    @Test
    void what_cannot_be_done_with_projections_is_refused_with_a_problem() {
        assertThat(server.send("DELETE", "/projections").code()).isEqualTo("method-not-allowed");
        assertThat(server.send("POST", "/projections/user-list").code()).isEqualTo("method-not-allowed");
        assertThat(server.get("/projections/").code()).isEqualTo("not-found");
        assertThat(server.get("/projections/user-list", "Accept", "text/html").code())
                .isEqualTo("not-acceptable");
        assertThat(server.get("/projections", "X-User-Id", "77").code()).isEqualTo("unknown-user");
    }
}
