package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractStringAssert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer as it came over the wire. */
record RawResponse(int status, Map<String, List<String>> headers, String body) {

    private static final JsonMapper MAPPER = new JsonMapper();

    static RawResponse read(InputStream in) throws IOException {
        String statusLine = line(in);
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        if (status == 100) {
            return read(in);
        }
        return new RawResponse(status, headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("Content-Length")) {
            // The answer to HEAD has a length and no body, so what comes may be nothing.
            return in.readNBytes(Integer.parseInt(headers.get("Content-Length").getFirst()));
        }
        if (headers.containsKey("Transfer-Encoding")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                all.write(in.readNBytes(size));
                line(in);
            }
            return all.toByteArray();
        }
        return in.readAllBytes();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        assertThat(values).as(name + " in " + headers).hasSize(1);
        return values.getFirst();
    }

    JsonNode json() {
        assertThat(header("Content-Type")).isEqualTo("application/json");
        return MAPPER.readTree(body);
    }

    /** A whole and sound problem document, whatever it is about. */
    JsonNode problem(int expectedStatus, String expectedCode) {
        assertThat(status).as(body).isEqualTo(expectedStatus);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(header("Content-Length")).isEqualTo(Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        assertThat(header("X-Request-Id")).isNotBlank();
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        JsonNode problem = MAPPER.readTree(body);
        assertThat(problem.path("status").intValue()).isEqualTo(expectedStatus);
        assertThat(problem.path("code").stringValue()).isEqualTo(expectedCode);
        assertThat(problem.path("type").stringValue()).isEqualTo("urn:recount:problem:" + expectedCode);
        assertThat(problem.path("title").stringValue()).isNotBlank();
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        assertThat(URI.create(problem.path("instance").stringValue()).getHost()).isNull();
        assertThat(problem.path("instance").stringValue()).startsWith("/");
        leaksNothing();
        return problem;
    }

    private AbstractStringAssert<?> leaksNothing() {
        return assertThat(body)
                .doesNotContain(
                        "Exception",
                        "exception",
                        "dev.recount",
                        "org.",
                        "java.",
                        "jakarta",
                        "Tomcat",
                        "<html",
                        "SELECT");
    }
}
