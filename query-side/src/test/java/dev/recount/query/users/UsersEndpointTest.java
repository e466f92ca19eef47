package dev.recount.query.users;

import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersEndpointTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private static TestDatabase database;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        server.append(Events.user(NOON, 1, "admin"));
        server.append(Events.user(NOON, 2, "ada"));
        server.append(Events.user(NOON.plusSeconds(1), 3, "grace"));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void users_are_listed_newest_first_and_paged() {
        var answer = server.get("/users?page_size=2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            {
              "count": 3, "next": "/users?page_size=2&page=2", "previous": null,
              "results": [
                {"id": 3, "username": "grace", "display_name": "Name of grace", "created_at": "2026-01-09T12:00:01Z"},
                {"id": 2, "username": "ada", "display_name": "Name of ada", "created_at": "2026-01-09T12:00:00Z"}
              ]
            }
            """));
        var second = server.get("/users?page_size=2&page=2");
        assertThat(second.ids()).isEqualTo(List.of(1L));
        assertThat(second.json().get("next").isNull()).isTrue();
        assertThat(second.json().get("previous").asString()).isEqualTo("/users?page_size=2&page=1");
        assertThat(server.get("/users?page_size=2&page=3").code()).isEqualTo("unknown-page");
        assertThat(server.get("/users?page_size=0").code()).isEqualTo("validation-failed");
    }

    @Test
    void a_user_is_read_by_id() {
        var answer = server.get("/users/2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            {"id": 2, "username": "ada", "display_name": "Name of ada", "created_at": "2026-01-09T12:00:00Z"}
            """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "0", "ada", "02", "9223372036854775808"})
    void an_id_that_no_user_has_is_not_found(String id) {
        var answer = server.get("/users/" + id);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("unknown-user");
    }
}
