package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@HttpTest
class ContentCodingTest {

    private static final int LIMIT = 1 << 20;

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "identity, gzip"})
    void a_packed_body_is_read(String coding) throws IOException {
        assertThat(post(coding, gzip("{\"title\":\"packed\"}"))
                        .json()
                        .get("title")
                        .stringValue())
                .isEqualTo("packed");
    }

    @Test
    void a_packed_body_in_chunks_is_read() throws IOException {
        byte[] packed = gzip("{\"title\":\"packed\"}");
        ByteArrayOutputStream chunked = new ByteArrayOutputStream();
        chunked.write(RawHttp.bytes(Integer.toHexString(packed.length) + "\n"));
        chunked.write(packed);
        chunked.write(RawHttp.bytes("\n0\n\n"));
        RawResponse response = http.send(
                "POST /things HTTP/1.1\n"
                        + "Content-Type: application/json\n"
                        + "Content-Encoding: gzip\n"
                        + "Transfer-Encoding: chunked\n",
                chunked.toByteArray());
        assertThat(response.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity, identity"})
    void no_coding_is_none(String coding) throws IOException {
        assertThat(post(coding, "{\"title\":\"plain\"}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "compress", "zstd", "gzip, br", "gzip, gzip", "gzip;q=1", "nonsense"})
    void another_coding_is_415(String coding) throws IOException {
        RawResponse refused = post(coding, "{\"title\":\"plain\"}".getBytes(StandardCharsets.UTF_8));
        refused.problem(415, "unsupported-media-type");
        assertThat(refused.header("Accept-Encoding")).isEqualTo("gzip");
    }

    @Test
    void two_lines_are_one_list() throws IOException {
        http.json("POST", "/things", "{\"title\":\"T\"}", "Content-Encoding: identity", "Content-Encoding: br")
                .problem(415, "unsupported-media-type");
    }

    @Test
    void the_limit_counts_what_is_unpacked() throws IOException {
        assertThat(post("gzip", gzip(body(LIMIT))).status()).isEqualTo(201);
        post("gzip", gzip(body(LIMIT + 1))).problem(413, "body-too-large");
        post("gzip", gzip(body(50_000_000))).problem(413, "body-too-large");
    }

    @Test
    void what_is_not_packed_soundly_is_400() throws IOException {
        byte[] packed = gzip(body(10_000));
        post("gzip", "{\"title\":\"plain\"}".getBytes(StandardCharsets.UTF_8)).problem(400, "bad-request");
        post("gzip", Arrays.copyOf(packed, packed.length / 2)).problem(400, "bad-request");
        post("gzip", Arrays.copyOf(packed, packed.length - 1)).problem(400, "bad-request");
        byte[] broken = packed.clone();
        broken[packed.length - 6] ^= 1;
        post("gzip", broken).problem(400, "bad-request");
    }

    @Test
    void an_upload_is_not_unpacked() throws IOException {
        byte[] upload =
                gzip("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nx\r\n--b--\r\n");
        http.send(
                        "POST /upload HTTP/1.1\n"
                                + "Content-Type: multipart/form-data; boundary=b\n"
                                + "Content-Encoding: gzip\n"
                                + "Content-Length: " + upload.length + "\n",
                        upload)
                .problem(415, "unsupported-media-type");
    }

    @Test
    void without_a_body_there_is_nothing_to_refuse() throws IOException {
        assertThat(http.get("/things", "Content-Encoding: br").status()).isEqualTo(200);
    }

    private RawResponse post(String coding, byte[] body) throws IOException {
        return http.send(
                "POST /things HTTP/1.1\n"
                        + "Content-Type: application/json\n"
                        + "Content-Encoding: " + coding + "\n"
                        + "Content-Length: " + body.length + "\n",
                body);
    }

    private static String body(int size) {
        String frame = "{\"title\":\"T\",\"x\":\"\"}";
        return frame.replace("\"\"", '"' + "x".repeat(size - frame.length()) + '"');
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
