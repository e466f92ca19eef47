package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@HttpTest
class MalformedRequestTest {

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    static Stream<Arguments> requests() {
        String host = "Host: localhost\nConnection: close\n\n";
        return Stream.of(
                Arguments.of("GET /things?status=<> HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/{} HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /a\"b HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /a\\b HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/%ZZ HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/% HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/%4 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/%00 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things%2F1 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/%5C HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/%C3%28 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/%ED%A0%80 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things/\u00e9 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /../../etc/passwd HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?status=%ZZ HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?status=% HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?%FF=1 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?status=%C3%28 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?status=%C0%80 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?status=%00 HTTP/1.1\n" + host, 400, "validation-failed"),
                Arguments.of("GET /parameter?number=%ZZ HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things?status=\u0000 HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET things HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET * HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GE\u0001T /things HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("G@T /things HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things HTTP/3.0\n" + host, 505, "http-version-not-supported"),
                Arguments.of("GET /things NONSENSE\n" + host, 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nConnection: close\n\n", 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nHost: a\nHost: b\nConnection: close\n\n", 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nHost: a b\nConnection: close\n\n", 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nHost: localhost:port\nConnection: close\n\n", 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nHost: a/b\nConnection: close\n\n", 400, "bad-request"),
                Arguments.of("GET http://other:1x/things HTTP/1.1\n" + host, 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nBad Header: x\n" + host, 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nX-A: b\u0000c\n" + host, 400, "bad-request"),
                Arguments.of("GET /things HTTP/1.1\nno colon\n" + host, 400, "bad-request"),
                Arguments.of(
                        "GET /things HTTP/1.1\nX-A: " + "x".repeat(20_000) + "\n" + host, 431, "headers-too-large"),
                Arguments.of("GET /" + "x".repeat(20_000) + " HTTP/1.1\n" + host, 414, "uri-too-long"),
                Arguments.of("POST /things HTTP/1.1\nContent-Length: -1\n" + host, 400, "bad-request"),
                Arguments.of("POST /things HTTP/1.1\nContent-Length: x\n" + host, 400, "bad-request"),
                Arguments.of(
                        "POST /things HTTP/1.1\nContent-Length: 99999999999999999999\n" + host, 400, "bad-request"),
                Arguments.of(
                        "POST /things HTTP/1.1\nContent-Length: 1\nContent-Length: 2\n" + host, 400, "bad-request"),
                Arguments.of("POST /things HTTP/1.1\nTransfer-Encoding: nonsense\n" + host, 501, "not-implemented"),
                Arguments.of(
                        "POST /things HTTP/1.1\nContent-Type: application/json\nTransfer-Encoding: chunked\n" + host
                                + "zz\n{}\n0\n\n",
                        400,
                        "bad-request"),
                Arguments.of(
                        "POST /things HTTP/1.1\nContent-Type: application/json\nExpect: miracles\nContent-Length: 2\n"
                                + host + "{}",
                        417,
                        "expectation-failed"),
                Arguments.of("TRACE /things HTTP/1.1\n" + host, 405, "method-not-allowed"),
                Arguments.of("TRACE /nowhere HTTP/1.1\n" + host, 404, "not-found"),
                Arguments.of("BREW /things HTTP/1.1\n" + host, 405, "method-not-allowed"),
                Arguments.of("get /things HTTP/1.1\n" + host, 405, "method-not-allowed"),
                Arguments.of("BREW /nowhere HTTP/1.1\n" + host, 404, "not-found"),
                Arguments.of("CONNECT localhost:80 HTTP/1.1\n" + host, 501, "not-implemented"),
                Arguments.of("PROPFIND /things HTTP/1.1\n" + host, 405, "method-not-allowed"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void is_answered_with_a_problem_document(String request, int status, String code) throws IOException {
        http.exchange(RawHttp.bytes(request)).problem(status, code);
    }

    @Test
    void names_the_path_in_a_sound_form() throws IOException {
        assertThat(http.get("/things/%ZZ")
                        .problem(400, "bad-request")
                        .get("instance")
                        .stringValue())
                .isEqualTo("/things/%25ZZ");
    }

    @Test
    void tells_which_methods_may_be_used_instead_of_trace() throws IOException {
        assertThat(http.send("TRACE /things HTTP/1.1\n").header("Allow"))
                .contains("GET")
                .doesNotContain("TRACE");
    }
}
