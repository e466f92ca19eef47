package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Media types of bodies and answers, and the methods of paths. */
@HttpTest
class NegotiationTest {

    private static final String THING = "{\"title\": \"\u00c4\u4e2d\"}";

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json;charset=utf-16",
                "application/json;charset=\"windows-1252\"",
                "application/json;charset=UTF-32;q=0.5",
                "application/json;charset=utf-8",
                "application/json; profile=\"x\"; version=2",
                "application/*;charset=utf-16",
                "*/*;charset=utf-16",
                "text/html, application/json;charset=us-ascii;q=0.1",
                "application/json;q=0.0, application/*"
            })
    void json_is_utf_8_whatever_parameters_are_accepted(String accept) throws IOException {
        int before = SampleEndpoints.WRITES.get();
        RawResponse written = http.json("POST", "/things", THING, "Accept: " + accept);
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        assertThat(written.json().get("title").stringValue()).isEqualTo("\u00c4\u4e2d");
        assertThat(SampleEndpoints.WRITES).hasValue(before + 1);
        assertThat(http.get("/things", "Accept: " + accept).json().get("count").intValue())
                .isEqualTo(25);
        http.get("/things/x", "Accept: " + accept).problem(404, "unknown-issue");
        assertThat(http.get("/actuator/health", "Accept: " + accept).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=0",
                "application/json;charset=nonsense",
                "application/json;charset=\u00e9",
                "application/json;q=7",
                "text/html;charset=utf-8"
            })
    void what_cannot_be_answered_is_406_before_anything_is_written(String accept) throws IOException {
        int before = SampleEndpoints.WRITES.get();
        http.json("POST", "/things", THING, "Accept: " + accept).problem(406, "not-acceptable");
        assertThat(SampleEndpoints.WRITES).hasValue(before);
    }

    @Test
    void a_long_list_of_types_is_no_reason_to_fail_after_the_write() throws IOException {
        String many = IntStream.range(0, 60)
                .mapToObj(i -> "application/json;v=" + i + ";q=0." + (100 + i) + ", application/x" + i)
                .collect(Collectors.joining(", "));
        assertThat(http.json("POST", "/things", THING, "Accept: " + many).status())
                .isEqualTo(201);
        assertThat(http.json("POST", "/things", THING, "Accept: " + many + ", */*")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/*+json",
                "*",
                "nonsense",
                "a/b/c",
                "/",
                ";",
                "application/json; charset=x"
            })
    void a_content_type_that_names_no_type_is_told_as_any_other(String type) throws IOException {
        http.get("/nowhere", "Content-Type: " + type).problem(404, "not-found");
        http.send("POST /nowhere HTTP/1.1\nContent-Type: " + type + "\nContent-Length: 2\n", RawHttp.bytes("{}"))
                .problem(404, "not-found");
        http.send("POST /things HTTP/1.1\nContent-Type: " + type + "\nContent-Length: 2\n", RawHttp.bytes("{}"))
                .problem(415, "unsupported-media-type");
        assertThat(http.get("/things", "Content-Type: " + type).status()).isEqualTo(200);
        http.get("/actuator/nope", "Content-Type: " + type).problem(404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/actuator/health/nope,404,not-found",
        "GET,/actuator/health/nope/deeper,404,not-found",
        "GET,/actuator/nope,404,not-found",
        "POST,/actuator/health,405,method-not-allowed",
        "DELETE,/actuator/health/nope,405,method-not-allowed",
        "GET,/silent/404,404,not-found",
        "GET,/silent/412,412,precondition-failed",
        "GET,/silent/500,500,internal-error"
    })
    void what_others_refuse_without_a_word_is_a_problem_document(String method, String path, int status, String code)
            throws IOException {
        http.send(method + " " + path + " HTTP/1.1\n").problem(status, code);
    }

    @Test
    void health_in_no_format_that_is_accepted_is_a_problem_document() throws IOException {
        http.get("/actuator/health", "Accept: image/png").problem(406, "not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "/things,'GET, HEAD, OPTIONS, POST'",
        "/things/1,'GET, HEAD, OPTIONS'",
        "/things/all,'OPTIONS, PUT'",
        "/upload,'OPTIONS, POST'",
        "/actuator/health,'GET, HEAD, OPTIONS'",
        "/actuator/health/nope,'GET, HEAD, OPTIONS'"
    })
    void allow_names_what_is_allowed_and_no_more(String path, String allow) throws IOException {
        RawResponse options = http.send("OPTIONS " + path + " HTTP/1.1\n");
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).isEqualTo(allow);
        RawResponse preflight = http.send("OPTIONS " + path + " HTTP/1.1\n"
                + "Origin: http://evil.example\nAccess-Control-Request-Method: PUT\n");
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Allow")).isEqualTo(allow);
        assertThat(preflight.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
        for (String method :
                new String[] {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "QUERY"}) {
            RawResponse response =
                    http.send(method + " " + path + " HTTP/1.1\nContent-Type: text/plain\nContent-Length: 0\n");
            if (allow.contains(method)) {
                assertThat(response.status()).as(method).isNotEqualTo(405);
            } else {
                assertThat(response.status()).as(method).isEqualTo(405);
                if (!method.equals("HEAD")) {
                    response.problem(405, "method-not-allowed");
                }
                assertThat(response.header("Allow")).as(method).isEqualTo(allow);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "PROPFIND"})
    void a_path_with_nothing_allows_nothing(String method) throws IOException {
        RawResponse response = http.send(
                method + " /nowhere HTTP/1.1\nOrigin: http://localhost\n" + "Access-Control-Request-Method: POST\n");
        response.problem(404, "not-found");
        assertThat(response.headers()).doesNotContainKey("Allow");
    }
}
