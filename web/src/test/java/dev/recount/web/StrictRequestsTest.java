package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The handling of unknown parameters and fields. */
@HttpTest
class StrictRequestsTest {

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void an_unknown_parameter_is_refused_with_the_known_ones() throws IOException {
        JsonNode problem = http.get("/things?label=bug&status=open&x").problem(400, "unknown-parameter");
        assertThat(problem.get("known").toString()).isEqualTo("[\"page\",\"page_size\",\"status\"]");
        assertThat(problem.get("errors").toString())
                .isEqualTo("{\"label\":[\"is not known here\"],\"x\":[\"is not known here\"]}");
        assertThat(problem.get("detail").stringValue()).isEqualTo("Known here: page, page_size, status.");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/things?Status=open",
        "GET,/things?status%20=open",
        "GET,/things?=open",
        "HEAD,/things?x=1",
        "GET,/things/1?status=open",
        "GET,/asker?x",
        "GET,/parameter?number=1&x=1"
    })
    void whatever_is_not_known_to_an_endpoint_is_refused(String method, String target) throws IOException {
        RawResponse response = http.send(method + " " + target + " HTTP/1.1\n");
        assertThat(response.status()).isEqualTo(400);
        if (method.equals("GET")) {
            response.problem(400, "unknown-parameter");
        }
    }

    @Test
    void a_write_with_an_unknown_parameter_is_not_done() throws IOException {
        int before = SampleEndpoints.WRITES.get();
        http.json("POST", "/things?dry_run=true", "{\"title\": \"T\"}").problem(400, "unknown-parameter");
        assertThat(SampleEndpoints.WRITES).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things", "/things?", "/things?&", "/things?status=open&page=1", "/parameter?number=1"})
    void known_parameters_and_none_are_taken(String target) throws IOException {
        assertThat(http.get(target).status()).isEqualTo(200);
    }

    @Test
    void an_endpoint_that_reads_what_it_does_not_declare_is_a_bug() throws IOException {
        http.get("/undeclared").problem(500, "internal-error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handling=strict", "Handling=\"strict\"; x=1", "respond-async, handling = strict"})
    void a_client_that_asks_for_it_has_unknown_and_read_only_fields_refused(String preference) throws IOException {
        int before = SampleEndpoints.WRITES.get();
        RawResponse refused = http.json(
                "POST", "/things", "{\"titel\": \"T\", \"title\": \"T\", \"id\": 7}", "Prefer: " + preference);
        assertThat(refused.problem(400, "validation-failed").get("errors").toString())
                .isEqualTo("{\"titel\":[\"is no field that can be set here\"],"
                        + "\"id\":[\"is no field that can be set here\"]}");
        assertThat(refused.header("Preference-Applied")).isEqualTo("handling=strict");
        assertThat(SampleEndpoints.WRITES).hasValue(before);

        RawResponse taken = http.json("POST", "/things", "{\"title\": \"T\"}", "Prefer: " + preference);
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.header("Preference-Applied")).isEqualTo("handling=strict");
    }

    @Test
    void items_of_a_list_are_read_strictly_too() throws IOException {
        assertThat(http.json(
                                "PUT",
                                "/things/all",
                                "[{\"title\": \"T\"}, {\"title\": \" \", \"x\": {}}]",
                                "Prefer: handling=strict")
                        .problem(400, "validation-failed")
                        .get("errors")
                        .toString())
                .isEqualTo("{\"[1].title\":[\"must not be blank\"],\"[1].x\":[\"is no field that can be set here\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"handling=lenient", "handling=lenient, handling=strict", "strict", "x=\"handling=strict\"", ""})
    void other_clients_have_them_ignored(String preference) throws IOException {
        RawResponse response =
                http.json("POST", "/things", "{\"title\": \"T\", \"titel\": \"U\"}", "Prefer: " + preference);
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers()).doesNotContainKey("Preference-Applied");
    }
}
