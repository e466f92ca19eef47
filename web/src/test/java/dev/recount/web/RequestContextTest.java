package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@HttpTest
class RequestContextTest {

    @LocalServerPort
    private int port;

    @Autowired
    private SampleUsers users;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0af7651916cd43dd8448eb211c80319c",
                "A.b_c-9",
                "......................................................................................................................end-of-128"
            })
    void a_sane_request_id_is_taken_over_and_echoed(String id) throws IOException {
        RawResponse response = http.get("/asker", "X-Request-Id: " + id);
        assertThat(response.header("X-Request-Id")).isEqualTo(id);
        assertThat(response.json().get("request_id").stringValue()).isEqualTo(id);
        assertThat(response.json().get("thread_context").stringValue()).isEqualTo(id);
        assertThat(http.get("/nowhere", "X-Request-Id: " + id).header("X-Request-Id"))
                .isEqualTo(id);
        assertThat(http.get("/things/%ZZ", "X-Request-Id: " + id).header("X-Request-Id"))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Request-Id:",
                "X-Request-Id: a b",
                "X-Request-Id: a/b",
                "X-Request-Id: \u00e9",
                "X-Request-Id: ${jndi:x}",
                "X-Request-Id:"
                    + " ..........................................................................................................................too-long",
                "X-Other: x"
            })
    void another_request_id_is_made_up_in_place_of_an_unsound_one(String header) throws IOException {
        String first = http.get("/asker", header).header("X-Request-Id");
        assertThat(first).matches("[0-9a-f]{32}");
        assertThat(http.get("/asker", header).header("X-Request-Id")).isNotEqualTo(first);
    }

    @Test
    void no_acting_user_is_named_by_default() throws IOException {
        assertThat(http.get("/asker").json().get("actor").isNull()).isTrue();
    }

    @Test
    void the_acting_user_reaches_the_endpoint() throws IOException {
        assertThat(http.get("/asker", "X-User-Id: 1").json().get("actor").longValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-User-Id:",
                "X-User-Id: ada",
                "X-User-Id: 0",
                "X-User-Id: -1",
                "X-User-Id: 01",
                "X-User-Id: 1.0",
                "X-User-Id: 1, 1",
                "X-User-Id: 99999999999999999999",
                "X-User-Id: 1\nX-User-Id: 1"
            })
    void a_malformed_acting_user_is_400(String header) throws IOException {
        JsonNode problem = http.get("/asker", header).problem(400, "validation-failed");
        assertThat(problem.get("errors").toString()).isEqualTo("{\"X-User-Id\":[\"must be one positive integer\"]}");
    }

    @Test
    void an_unknown_acting_user_is_400_until_the_user_is_there() throws IOException {
        http.get("/asker", "X-User-Id: 77").problem(400, "unknown-user");
        users.newcomer = 77;
        assertThat(http.get("/asker", "X-User-Id: 77").status()).isEqualTo(200);
    }

    @Test
    void an_unknown_acting_user_writes_nothing() throws IOException {
        int before = SampleEndpoints.WRITES.get();
        http.json("POST", "/things", "{\"title\": \"T\"}", "X-User-Id: 78").problem(400, "unknown-user");
        assertThat(SampleEndpoints.WRITES).hasValue(before);
    }

    @Test
    void a_known_acting_user_is_asked_for_once() throws IOException {
        http.get("/asker", "X-User-Id: 1");
        int before = users.questions.get();
        http.get("/asker", "X-User-Id: 1");
        assertThat(users.questions).hasValue(before);
    }

    @Test
    void a_database_that_is_away_when_the_acting_user_is_looked_up_is_503() throws IOException {
        http.get("/asker", "X-User-Id: " + SampleUsers.DATABASE_IS_AWAY).problem(503, "database-unavailable");
    }
}
