package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@HttpTest
class BodyLimitTest {

    private static final int LIMIT = 1 << 20;

    @LocalServerPort
    private int port;

    @Autowired
    private HeapBudget heap;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void a_body_of_the_very_limit_is_read() throws IOException {
        assertThat(post(body(LIMIT)).status()).isEqualTo(201);
        assertThat(postChunked(body(LIMIT)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 10_000_000, 40_000_000})
    void a_larger_body_is_413_and_the_client_hears_it(int size) throws IOException {
        post(body(size)).problem(413, "body-too-large");
        postChunked(body(size)).problem(413, "body-too-large");
    }

    @RepeatedTest(10)
    void no_race_of_the_closing_connection_swallows_the_answer() throws IOException {
        post(body(10_000_000)).problem(413, "body-too-large");
    }

    @Test
    void a_client_that_asks_first_is_not_asked_for_a_body_too_large() throws IOException {
        try (Socket socket = http.connect()) {
            socket.getOutputStream()
                    .write(RawHttp.bytes("POST /things HTTP/1.1\n"
                            + "Host: localhost\n"
                            + "Content-Type: application/json\n"
                            + "Content-Length: 3000000\n"
                            + "Expect: 100-continue\n\n"));
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void a_client_that_asks_first_is_asked_for_a_body_that_fits() throws IOException {
        try (Socket socket = http.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(RawHttp.bytes("POST /things HTTP/1.1\n"
                    + "Host: localhost\n"
                    + "Content-Type: application/json\n"
                    + "Content-Length: 13\n"
                    + "Expect: 100-continue\n\n"));
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
            out.write(RawHttp.bytes("{\"title\":\"T\"}"));
            while (socket.getInputStream().read() != '\n') {
                // the rest of the line
            }
            socket.getInputStream().readNBytes(2);
            assertThat(RawResponse.read(socket.getInputStream()).status()).isEqualTo(201);
        }
    }

    @Test
    void a_body_that_nobody_reads_is_refused_by_its_length_or_passed_over() throws IOException {
        http.send("POST /nowhere HTTP/1.1\nContent-Length: 10000000\n", body(10_000_000))
                .problem(413, "body-too-large");
        http.send(
                        "DELETE /things HTTP/1.1\n"
                                + "Transfer-Encoding: chunked\n"
                                + "Content-Type: application/x-www-form-urlencoded\n",
                        chunked(body(10_000_000)))
                .problem(405, "method-not-allowed");
    }

    @Test
    void a_large_body_waits_for_room_in_memory_and_a_small_one_does_not() throws Exception {
        Future<RawResponse> measured;
        Future<RawResponse> chunked;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try (HeapBudget.Share _ = heap.take(Long.MAX_VALUE / 2)) {
                measured = clients.submit(() -> post(body(LIMIT)));
                chunked = clients.submit(() -> postChunked(body(LIMIT)));
                Awaitility.await().until(() -> heap.waiting() == 2);
                assertThat(post(body(1_000)).status()).isEqualTo(201);
                assertThat(postChunked(body(1_000)).status()).isEqualTo(201);
            }
            assertThat(measured.get().status()).isEqualTo(201);
            assertThat(chunked.get().status()).isEqualTo(201);
        }
    }

    @Test
    void a_large_body_that_waits_for_too_long_is_503() {
        HeapBudget impatient = new HeapBudget(1, Duration.ZERO);
        try (BodyMemory memory = new BodyMemory(
                new BodyMemory.Budgets(new HeapBudget(LIMIT, Duration.ZERO), impatient), ClientPace.UNKNOWN)) {
            try (HeapBudget.Share _ = impatient.take(1)) {
                memory.complete(4_096);
                assertThatThrownBy(() -> memory.complete(10_000))
                        .isInstanceOfSatisfying(ProblemException.class, refused -> {
                            assertThat(refused.problem().code()).isEqualTo("overloaded");
                            assertThat(refused.problem().headers()).containsEntry("Retry-After", "1");
                        });
            }
            memory.complete(10_000);
        }
        impatient.take(1).close();
    }

    @Test
    void bodies_that_do_not_arrive_hold_no_memory() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int number = 0; number < 200; number++) {
                Socket socket = http.connect();
                slow.add(socket);
                boolean measured = number % 2 == 0;
                socket.getOutputStream()
                        .write(RawHttp.bytes("POST /things HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                                + (measured ? "Content-Length: " + LIMIT : "Transfer-Encoding: chunked")
                                + "\n\n"
                                + (measured ? "" : "1400\n")
                                + " ".repeat(5_000)));
            }
            assertThat(post(body(LIMIT)).status()).isEqualTo(201);
            assertThat(postChunked(body(LIMIT)).status()).isEqualTo(201);
            assertThat(heap.waiting()).isZero();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void an_upload_may_be_larger() throws IOException {
        byte[] upload = RawHttp.bytes("--b\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\n\n"
                + "x".repeat(3 * LIMIT) + "\n--b--\n");
        RawResponse response = http.send(
                "POST /upload HTTP/1.1\nContent-Type: Multipart/Form-Data; boundary=b\nContent-Length: " + upload.length
                        + "\n",
                upload);
        assertThat(response.json().get("bytes").intValue()).isEqualTo(3 * LIMIT);
        http.send(
                        "POST /things HTTP/1.1\nContent-Type: multipart/form-data; boundary=b\nContent-Length: "
                                + upload.length + "\n",
                        upload)
                .problem(415, "unsupported-media-type");
    }

    private RawResponse post(byte[] body) throws IOException {
        return http.send(
                "POST /things HTTP/1.1\nContent-Type: application/json\nContent-Length: " + body.length + "\n", body);
    }

    private RawResponse postChunked(byte[] body) throws IOException {
        return http.send(
                "POST /things HTTP/1.1\nContent-Type: application/json\nTransfer-Encoding: chunked\n", chunked(body));
    }

    private static byte[] body(int size) {
        String frame = "{\"title\":\"T\",\"x\":\"\"}";
        return frame.replace("\"\"", '"' + "x".repeat(size - frame.length()) + '"')
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] chunked(byte[] body) {
        String text = new String(body, StandardCharsets.US_ASCII);
        int half = body.length / 2;
        return RawHttp.bytes(Integer.toHexString(half) + "\n" + text.substring(0, half) + "\n"
                + Integer.toHexString(body.length - half) + "\n" + text.substring(half) + "\n0\n\n");
    }
}
