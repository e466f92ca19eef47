package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Sends odd headers and parameters to every endpoint. There is no 5xx, and every refusal is a problem document. */
class OddRequestsTest {

    private static final List<String> HEADERS = List.of(
            "Content-Type: */*",
            "Content-Type: application/*",
            "Content-Type: garbage",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: multipart/form-data",
            "Accept: application/json; charset=utf-16",
            "Accept: garbage;;",
            "Accept: image/png",
            "Accept: */*;q=0",
            "Content-Length: 9999999999999999999",
            "Content-Length: -1",
            "Range: bytes=5-1",
            "If-Match: garbage, \"",
            "If-None-Match: *",
            "If-Modified-Since: yesterday",
            "X-User-Id: 0x1",
            "Min-Event-Position: -7",
            "Last-Event-ID: x",
            "Prefer: =;,\"",
            "Prefer: handling=strict",
            "Expect: miracles",
            "Idempotency-Key: \u0001",
            "Cookie: a=\"b",
            "Upgrade: h2c",
            "Origin: null");

    private static Recount recount;
    private static int port;

    private record Endpoint(String method, String path) {}

    private record Answer(int status, String head, String body) {

        boolean isProblem() {
            return head.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
        }
    }

    @BeforeAll
    static void start() {
        recount = Recount.start();
        port = ((WebServerApplicationContext) recount.context()).getWebServer().getPort();
    }

    @AfterAll
    static void stop() {
        recount.close();
    }

    /** Streams are requested by HEAD, which has the same checks and ends. */
    private static Set<Endpoint> endpoints() {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        recount.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, endpoint) -> mapping.getPatternValues().forEach(pattern -> {
                    String path = pattern.replaceAll("\\{[^}]*}", "1");
                    mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> endpoints.add(
                                    new Endpoint(path.endsWith("/stream") ? "HEAD" : method.name(), path)));
                }));
        endpoints.add(new Endpoint("GET", "/actuator/health"));
        endpoints.add(new Endpoint("GET", "/actuator/health/nope"));
        endpoints.add(new Endpoint("POST", "/nowhere"));
        return endpoints;
    }

    @Test
    void odd_headers_are_never_a_failure_of_the_server_and_refusals_are_problem_documents() throws IOException {
        assertThat(endpoints()).hasSizeGreaterThan(40);
        for (Endpoint endpoint : endpoints()) {
            for (String header : HEADERS) {
                Answer answer = send(endpoint.method(), endpoint.path(), header);
                assertThat(answer.status())
                        .as("%s with %s: %s", endpoint, header, answer)
                        .isLessThan(500);
                if (answer.status() >= 400) {
                    assertThat(answer.isProblem())
                            .as("%s with %s: %s", endpoint, header, answer)
                            .isTrue();
                }
                assertThat(answer.head()).contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: ");
            }
        }
    }

    @Test
    void no_endpoint_takes_a_parameter_that_it_does_not_know() throws IOException {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.path().startsWith("/actuator") || endpoint.path().equals("/nowhere")) {
                continue;
            }
            Answer answer = send(
                    endpoint.method(),
                    endpoint.path() + "?no_such_parameter=1",
                    "Content-Type: "
                            + (endpoint.path().endsWith("/import")
                                    ? "multipart/form-data; boundary=x"
                                    : "application/json"));
            assertThat(answer.status()).as("%s: %s", endpoint, answer).isEqualTo(400);
            if (!endpoint.method().equals("HEAD")) {
                assertThat(answer.body()).as("%s", endpoint).contains("\"code\":\"unknown-parameter\"", "\"known\":[");
            }
        }
    }

    private static Answer send(String method, String path, String header) throws IOException {
        String length = header.startsWith("Content-Length") || method.equals("GET") || method.equals("HEAD")
                ? ""
                : "Content-Length: 2\r\n";
        String type = header.startsWith("Content-Type") || length.isEmpty() ? "" : "Content-Type: application/json\r\n";
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n"
                + type + length + "\r\n" + (length.isEmpty() ? "" : "{}");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(all.split(" ", 3)[1]), all.substring(0, end), all.substring(end));
        }
    }
}
