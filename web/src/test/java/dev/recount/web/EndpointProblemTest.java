package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@HttpTest
class EndpointProblemTest {

    private static final String CHUNKED = "Transfer-Encoding: chunked\nContent-Type: application/json\n";

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void an_unknown_path_is_404() throws IOException {
        JsonNode problem = http.get("/nowhere?x=1").problem(404, "not-found");
        assertThat(problem.get("instance").stringValue()).isEqualTo("/nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/error",
                "/things/",
                "//things",
                "/things/1/",
                "/index.html",
                "/forgotten.txt",
                "/favicon.ico",
                "/THINGS",
                "/things.json",
                "/actuator/env",
                "/actuator/nothing",
                "/webjars/x.js",
                "/things/1/../../nowhere"
            })
    void paths_beside_the_endpoints_are_404(String path) throws IOException {
        http.get(path).problem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/png",
                "application/xml",
                "nonsense",
                "*/*;q=x",
                ";;;",
                "text/html,*/*;q=0.1",
                "application/json"
            })
    void an_error_is_a_problem_document_whatever_is_accepted(String accept) throws IOException {
        http.get("/nowhere", "Accept: " + accept).problem(404, "not-found");
        http.get("/things/x", "Accept: " + accept)
                .problem(
                        accept.contains("json") || accept.contains("*/*;q=0") ? 404 : 406,
                        accept.contains("json") || accept.contains("*/*;q=0") ? "unknown-issue" : "not-acceptable");
        http.get("/things/%ZZ", "Accept: " + accept).problem(400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/html", "nonsense", "application/xml;q=0.9, text/plain"})
    void a_good_request_that_accepts_no_json_is_406(String accept) throws IOException {
        http.get("/things", "Accept: " + accept).problem(406, "not-acceptable");
    }

    @Test
    void a_write_whose_answer_would_not_be_accepted_is_not_done() throws IOException {
        int before = SampleEndpoints.WRITES.get();
        http.json("POST", "/things", "{\"title\": \"T\"}", "Accept: image/png").problem(406, "not-acceptable");
        assertThat(SampleEndpoints.WRITES).hasValue(before);
        assertThat(http.json("POST", "/things", "{\"title\": \"T\"}").status()).isEqualTo(201);
        assertThat(SampleEndpoints.WRITES).hasValue(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE,/things,'GET, HEAD, OPTIONS, POST'",
        "PATCH,/things/1,'GET, HEAD, OPTIONS'",
        "GET,/upload,'OPTIONS, POST'"
    })
    void a_wrong_method_is_405_and_names_the_right_ones(String method, String path, String allow) throws IOException {
        RawResponse response = http.send(method + " " + path + " HTTP/1.1\n");
        response.problem(405, "method-not-allowed");
        assertThat(response.header("Allow")).isEqualTo(allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: nonsense",
                "Content-Type: application/problem+json",
                "Content-Type: multipart/form-data",
                "X-None: x"
            })
    void a_body_of_another_media_type_is_415(String contentType) throws IOException {
        RawResponse response =
                http.send("POST /things HTTP/1.1\n" + contentType + "\nContent-Length: 2\n", RawHttp.bytes("{}"));
        response.problem(415, "unsupported-media-type");
        assertThat(response.header("Accept")).isEqualTo("application/json");
    }

    @Test
    void json_with_a_charset_parameter_is_json() throws IOException {
        assertThat(http.send(
                                "POST /things HTTP/1.1\n"
                                        + "Content-Type: application/json; charset=UTF-8\n"
                                        + "Content-Length: 13\n",
                                RawHttp.bytes("{\"title\":\"T\"}"))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"title\": \"T\"} x",
                "{\"title\":\"T\",\"title\":\"U\"}",
                "{\"title\":\"\\uD8\"}"
            })
    void a_malformed_body_is_400(String body) throws IOException {
        http.json("POST", "/things", body).problem(400, "malformed-json");
    }

    @Test
    void bad_values_are_named_all_at_once() throws IOException {
        JsonNode problem = http.json("POST", "/things", "{\"title\": \" \", \"status\": \"done\"}")
                .problem(400, "validation-failed");
        assertThat(problem.get("errors").toString())
                .isEqualTo("{\"title\":[\"must not be blank\"],\"status\":[\"must be one of open, closed\"]}");
    }

    @Test
    void a_good_request_is_answered_in_snake_case_with_utc_times() throws IOException {
        RawResponse response = http.json("POST", "/things", "{\"title\": \"\u00a0Caf\u00e9 \", \"status\": \"open\"}");
        assertThat(response.json().toString())
                .isEqualTo(
                        "{\"id\":1,\"title\":\"Caf\u00e9\",\"status\":\"open\",\"created_at\":\"1970-01-01T00:00:00Z\"}");
        assertThat(response.header("ETag")).isEqualTo("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "07", "+7", "-1", "7x", "1e3", "9223372036854775808", "\u0667", "%20", "7%20", "a.b", "null"
            })
    void an_id_in_another_spelling_is_404(String id) throws IOException {
        http.get("/things/" + (id.charAt(0) < 0x80 ? id : "%D9%A7")).problem(404, "unknown-issue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parameter", "/parameter?number=x", "/parameter?number=", "/parameter?number=1.5"})
    void what_spring_refuses_to_bind_is_400(String target) throws IOException {
        http.get(target).problem(400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: multipart/form-data; boundary=x\n",
                "Content-Type: multipart/form-data; boundary=\u0001\n"
            })
    void a_broken_upload_is_refused(String contentType) throws IOException {
        RawResponse response =
                http.send("POST /upload HTTP/1.1\n" + contentType + "Content-Length: 3\n", RawHttp.bytes("abc"));
        assertThat(response.status()).isIn(400, 415);
        response.problem(response.status(), response.status() == 400 ? "bad-request" : "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "error", "sql", "constraint", "io"})
    void an_unexpected_failure_is_500_without_details_and_logged_in_full(String how) throws IOException {
        try (CapturedLog log = CapturedLog.of(ProblemResolver.class)) {
            RawResponse response = http.get("/fail/" + how, "X-Request-Id: find-me");
            response.problem(500, "internal-error");
            assertThat(response.headers()).doesNotContainKey("ETag");
            ILoggingEvent event = log.only(Level.ERROR);
            assertThat(event.getThrowableProxy()).isNotNull();
            assertThat(event.getMDCPropertyMap()).containsEntry("requestId", "find-me");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-connection",
                "resource",
                "no-transaction",
                "pool-timeout",
                "connection-lost",
                "shutting-down",
                "too-many",
                "lock",
                "stood-still",
                "log"
            })
    void a_database_that_is_away_is_503_and_asks_to_retry(String how) throws IOException {
        try (CapturedLog log = CapturedLog.of(ProblemResolver.class)) {
            RawResponse response = http.get("/fail/" + how, "X-Request-Id: find-me");
            response.problem(503, "database-unavailable");
            assertThat(response.header("Retry-After")).isEqualTo("1");
            ILoggingEvent event = log.only(Level.WARN);
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.getFormattedMessage()).doesNotContain("\n");
            assertThat(event.getMDCPropertyMap()).containsEntry("requestId", "find-me");
        }
    }

    @Test
    void an_outcome_that_is_unknown_says_how_to_find_out() throws IOException {
        RawResponse response = http.get("/fail/outcome");
        JsonNode problem = response.problem(503, "outcome-unknown");
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertThat(problem.get("detail").asString())
                .contains("wholly or not at all")
                .contains("X-Request-Id");
    }

    @Test
    void a_problem_keeps_its_members_however_deep_it_is_wrapped() throws IOException {
        JsonNode problem = http.get("/fail/wrapped-problem").problem(409, "stale-version");
        assertThat(problem.get("current_version").intValue()).isEqualTo(3);
    }

    @Test
    void a_status_thrown_by_others_keeps_none_of_their_words() throws IOException {
        http.get("/fail/status").problem(403, "forbidden");
    }

    @Test
    void an_answer_that_cannot_be_written_is_500() throws IOException {
        http.get("/unwritable").problem(500, "internal-error");
    }

    @Test
    void an_answer_that_comes_too_late_is_503() throws IOException {
        RawResponse response = http.get("/slow");
        response.problem(503, "unavailable");
        assertThat(response.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void an_answer_that_fails_half_way_breaks_off() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> http.get("/half"))
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @CsvSource({"throw,500,internal-error", "problem,429,too-many-requests", "send-error,403,forbidden"})
    void a_filter_that_fails_is_answered_like_an_endpoint(String how, int status, String code) throws IOException {
        http.get("/things", "X-Break: " + how).problem(status, code);
    }

    @Test
    void what_a_filter_throws_is_logged_under_the_request_id() throws IOException {
        try (CapturedLog log = CapturedLog.of(ProblemReportValve.class)) {
            http.get("/things", "X-Break: throw", "X-Request-Id: find-me-too");
            assertThat(log.only(Level.ERROR).getMDCPropertyMap()).containsEntry("requestId", "find-me-too");
        }
    }

    @Test
    void guesses_at_paths_are_not_worth_a_warning() throws IOException {
        try (CapturedLog log = CapturedLog.everything()) {
            http.get("/nowhere", "Accept: nonsense");
            http.get("/things/%ZZ");
            http.get("/things?status=<>");
            assertThat(log.atLeast(Level.INFO)).isEmpty();
        }
    }

    @Test
    void health_is_served() throws IOException {
        assertThat(http.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void head_is_get_without_a_body() throws IOException {
        RawResponse good = http.send("HEAD /things HTTP/1.1\n");
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body()).isEmpty();
        RawResponse bad = http.send("HEAD /things?page=99 HTTP/1.1\n");
        assertThat(bad.status()).isEqualTo(404);
        assertThat(bad.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(bad.body()).isEmpty();
    }

    @Test
    void options_tells_the_methods() throws IOException {
        RawResponse response = http.send("OPTIONS /things HTTP/1.1\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        RawResponse nowhere = http.send("OPTIONS /nowhere HTTP/1.1\n");
        nowhere.problem(404, "not-found");
        assertThat(nowhere.headers()).doesNotContainKey("Allow");
        assertThat(http.send("OPTIONS * HTTP/1.1\n").status()).isEqualTo(200);
    }

    @Test
    void a_body_that_breaks_off_is_400_and_no_failure_of_ours() throws IOException {
        try (CapturedLog log = CapturedLog.everything()) {
            http.breakOff(
                            "POST /things HTTP/1.1\nContent-Type: application/json\nContent-Length: 100\n",
                            RawHttp.bytes("{\"title\""))
                    .problem(400, "bad-request");
            http.breakOff("POST /things HTTP/1.1\n" + CHUNKED, RawHttp.bytes("5\n{\"tit"))
                    .problem(400, "bad-request");
            assertThat(log.atLeast(Level.WARN)).isEmpty();
        }
    }

    @Test
    void a_client_that_vanishes_is_no_failure_of_ours() throws IOException {
        try (CapturedLog log = CapturedLog.everything()) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = http.connect()) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream()
                            .write(RawHttp.bytes("POST /things HTTP/1.1\n"
                                    + "Host: localhost\n"
                                    + "Content-Type: application/json\n"
                                    + "Content-Length: 100\n\n"
                                    + "{"));
                }
            }
            // The server works through its connections in order of arrival, so the vanished are behind it, or nearly.
            assertThat(http.get("/things").status()).isEqualTo(200);
            assertThat(log.atLeast(Level.WARN)).isEmpty();
        }
    }

    @Test
    void a_client_that_does_not_wait_for_its_answer_is_no_failure_of_ours() throws IOException {
        try (CapturedLog log = CapturedLog.everything()) {
            int before = FailingEndpoints.ENDED.get();
            try (Socket socket = http.connect()) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(RawHttp.bytes("GET /endless HTTP/1.1\nHost: localhost\n\n"));
                assertThat(socket.getInputStream().read()).isPositive();
            }
            Awaitility.await().untilAtomic(FailingEndpoints.ENDED, org.hamcrest.Matchers.is(before + 1));
            http.get("/nowhere");
            assertThat(log.atLeast(Level.WARN)).isEmpty();
        }
    }

    @Test
    void a_body_that_does_not_come_is_408() throws IOException {
        try (Socket socket = http.connect()) {
            socket.getOutputStream()
                    .write(RawHttp.bytes("POST /things HTTP/1.1\n"
                            + "Host: localhost\n"
                            + "Content-Type: application/json\n"
                            + "Content-Length: 9\n\n"
                            + "{"));
            RawResponse.read(socket.getInputStream()).problem(408, "request-timeout");
        }
    }

    @Test
    void a_connection_serves_any_number_of_requests_each_on_a_virtual_thread() throws IOException {
        try (Socket socket = http.connect()) {
            for (int i = 0; i < 150; i++) {
                socket.getOutputStream().write(RawHttp.bytes("GET /asker HTTP/1.1\nHost: localhost\n\n"));
                assertThat(RawResponse.read(socket.getInputStream())
                                .json()
                                .get("on_virtual_thread")
                                .booleanValue())
                        .isTrue();
            }
        }
    }
}
