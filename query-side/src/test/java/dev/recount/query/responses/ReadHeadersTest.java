package dev.recount.query.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.QueryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadHeadersTest {

    private static TestDatabase database;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.0", "one", "", "99999999999999999999", "1, 2"})
    void a_lower_bound_that_is_no_position_is_refused(String position) {
        var response = server.get("/issues", "Min-Event-Position", position);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().at("/errors/Min-Event-Position").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Stale-OK", "respond-async, stale-ok", "stale-ok; max=\"1,2\"", "a=\"b,\\\"\", stale-ok = 1"})
    void the_preference_is_found_in_every_spelling(String preferences) {
        assertThat(server.get("/issues", "Prefer", preferences).header("Preference-Applied"))
                .isEqualTo("stale-ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stale", "not-stale-ok", "handling=\"x, stale-ok, y\"", "", ","})
    void other_preferences_pass_by(String preferences) {
        var response = server.get("/issues", "Prefer", preferences);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Preference-Applied")).isNull();
    }
}
