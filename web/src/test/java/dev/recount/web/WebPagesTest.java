package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What pages of others can make a visitor's browser do here. */
@HttpTest
class WebPagesTest {

    private static final String THING = "{\"title\": \"T\"}";

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
                "localhost",
                "LOCALHOST:8080",
                "localhost.",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.8.9.10:8080",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]:8080",
                "tracker.example.com",
                "Tracker.Example.Com:443"
            })
    void hosts_of_the_machine_and_configured_ones_are_answered(String host) throws IOException {
        assertThat(get("/things", "HTTP/1.1\nHost: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "tracker.example.com.evil.example",
                "192.0.2.1:8080",
                "[2001:db8::1]",
                "0.0.0.0",
                ""
            })
    void a_name_that_an_attacker_points_here_is_421_on_every_path_and_method(String host) throws IOException {
        for (String path : new String[] {"/things", "/nowhere", "/actuator/health"}) {
            get(path, "HTTP/1.1\nHost: " + host).problem(421, "misdirected-request");
            get(path, "HTTP/1.0\nHost: " + host).problem(421, "misdirected-request");
        }
        int before = SampleEndpoints.WRITES.get();
        RawResponse write = http.exchange(
                RawHttp.bytes("POST /things HTTP/1.1\nHost: " + host
                        + "\nConnection: close\nContent-Type: application/json\nContent-Length: " + THING.length()
                        + "\n\n"),
                RawHttp.bytes(THING));
        write.problem(421, "misdirected-request");
        assertThat(SampleEndpoints.WRITES).hasValue(before);
        http.exchange(RawHttp.bytes("OPTIONS /things HTTP/1.1\nHost: " + host + "\nConnection: close\n\n"))
                .problem(421, "misdirected-request");
    }

    @Test
    void one_name_that_is_trusted_opens_no_door_for_the_next() throws IOException {
        try (Socket socket = http.connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(RawHttp.bytes("GET /things HTTP/1.1\nHost: localhost\n\n"));
                assertThat(RawResponse.read(socket.getInputStream()).status()).isEqualTo(200);
                socket.getOutputStream().write(RawHttp.bytes("GET /things HTTP/1.1\nHost: evil.example\n\n"));
                RawResponse.read(socket.getInputStream()).problem(421, "misdirected-request");
            }
        }
    }

    @Test
    void health_checks_that_speak_http_1_0_need_no_host() throws IOException {
        assertThat(get("/actuator/health/readiness", "HTTP/1.0").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: https://evil.example,",
        "Origin: null,",
        "Origin: http://localhost:1,",
        "Origin: https://localhost,",
        "Origin: http://localhost.evil.example,",
        "Origin: http://localhost,Origin: http://evil.example",
        "Sec-Fetch-Site: cross-site,",
        "Sec-Fetch-Site: cross-site,Origin: http://localhost",
        "Origin: http://evil.example,Sec-Fetch-Site: same-origin",
        "Origin: https://tracker.example.com:1,",
    })
    void a_change_that_another_page_asks_for_is_403(String first, String second) throws IOException {
        String[] headers = second == null ? new String[] {first} : new String[] {first, second};
        int before = SampleEndpoints.WRITES.get();
        http.json("POST", "/things", THING, headers).problem(403, "foreign-origin");
        http.json("POST", "/nowhere", THING, headers).problem(403, "foreign-origin");
        http.json("DELETE", "/things/1", "", headers).problem(403, "foreign-origin");
        assertThat(SampleEndpoints.WRITES).hasValue(before);
        assertThat(http.get("/things", headers).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://localhost,",
        "Origin: HTTP://LOCALHOST,",
        "Origin: http://localhost,Sec-Fetch-Site: same-origin",
        "Origin: https://tracker.example.com,Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: none,",
        "X-None: x,"
    })
    void pages_of_this_server_configured_ones_and_what_is_no_page_may_change(String first, String second)
            throws IOException {
        String[] headers = second == null ? new String[] {first} : new String[] {first, second};
        assertThat(http.json("POST", "/things", THING, headers).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /things HTTP/1.1",
                "GET /nowhere HTTP/1.1",
                "GET /things/x HTTP/1.1",
                "GET /fail/bug HTTP/1.1",
                "GET /actuator/health HTTP/1.1",
                "GET /actuator/health/nope HTTP/1.1",
                "GET /things/%ZZ HTTP/1.1",
                "GET things HTTP/1.1",
                "GET /things HTTP/3.0",
                "OPTIONS /things HTTP/1.1",
                "TRACE /things HTTP/1.1",
                "DELETE /things HTTP/1.1",
                "HEAD /things HTTP/1.1",
            })
    void every_answer_tells_browsers_to_take_it_for_data_only(String requestLine) throws IOException {
        for (String headers :
                new String[] {"", "X-Break: throw\n", "Accept: image/png\n", "Origin: http://evil.example\n"}) {
            RawResponse response = http.send(requestLine + "\n" + headers);
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        }
    }

    private RawResponse get(String path, String rest) throws IOException {
        return http.exchange(RawHttp.bytes("GET " + path + " " + rest + "\nConnection: close\n\n"));
    }
}
