package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@HttpTest
class ContentLengthJsonConverterTest {

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void a_body_has_a_length_in_bytes_and_no_chunks() throws IOException {
        RawResponse created = http.json("POST", "/things", "{\"title\":\"Größe 🐘\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers()).doesNotContainKey("Transfer-Encoding");
        assertThat(created.header("Content-Length"))
                .isEqualTo(Integer.toString(created.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(created.json().get("title").stringValue()).isEqualTo("Größe 🐘");
    }

    @Test
    void head_says_the_length_that_get_would_have() throws IOException {
        String length = http.get("/things").header("Content-Length");
        RawResponse head = http.send("HEAD /things HTTP/1.1\n");
        assertThat(head.header("Content-Length")).isEqualTo(length);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_body_that_cannot_be_written_to_its_end_is_not_begun() throws IOException {
        http.get("/unwritable/late").problem(500, "internal-error");
    }
}
