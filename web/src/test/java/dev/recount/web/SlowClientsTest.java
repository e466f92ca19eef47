package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

@SpringBootTest(
        classes = SampleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.allow-bean-definition-overriding=true",
            "recount.web.min-rate=1KB",
            "recount.web.min-rate-window=1s",
            "recount.web.min-rate-grace=1s"
        })
@DirtiesContext
class SlowClientsTest {

    private static final Duration SLOW = Duration.ofMillis(300);
    /** Less than the connector's own time-outs. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final String POST = "POST /things HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_cut_off() throws IOException {
        try (Socket slow = http.connect()) {
            send(slow, "GET /things HTTP/1.1\nHost: localhost\nX-Slow: ");
            await().atMost(BOUND).pollInterval(SLOW).until(() -> !takes(slow, "x"));
        }
    }

    @Test
    void the_head_of_a_later_request_on_the_same_connection_is_no_exception() throws IOException {
        try (Socket slow = http.connect()) {
            send(slow, "GET /things/1 HTTP/1.1\nHost: localhost\n\n");
            assertThat(RawResponse.read(slow.getInputStream()).status()).isEqualTo(200);
            send(slow, "GET /things HTTP/1.1\nHost: localhost\nX-Slow: ");
            await().atMost(BOUND).pollInterval(SLOW).until(() -> !takes(slow, "x"));
        }
    }

    @Test
    void a_body_that_comes_byte_by_byte_is_408() throws IOException {
        try (Socket measured = http.connect();
                Socket chunked = http.connect()) {
            send(measured, POST + "Content-Length: 500000\n\n{");
            send(chunked, POST + "Transfer-Encoding: chunked\n\n");
            await().atMost(BOUND).pollInterval(SLOW).until(() -> isAnswered(measured, " "));
            assertThat(RawResponse.read(measured.getInputStream()).status()).isEqualTo(408);
            await().atMost(BOUND).pollInterval(SLOW).until(() -> isAnswered(chunked, "1\n \n"));
            RawResponse.read(chunked.getInputStream()).problem(408, "request-timeout");
        }
    }

    @Test
    void an_upload_that_comes_byte_by_byte_is_408() throws IOException {
        try (Socket slow = http.connect()) {
            send(
                    slow,
                    "POST /upload HTTP/1.1\nHost: localhost\nContent-Type: multipart/form-data; boundary=b\n"
                            + "Content-Length: 500000\n\n"
                            + "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\n\nx");
            await().atMost(BOUND).pollInterval(SLOW).until(() -> isAnswered(slow, "x"));
            RawResponse.read(slow.getInputStream()).problem(408, "request-timeout");
        }
    }

    @Test
    void an_answer_that_is_not_read_ends() throws IOException {
        int ended = FailingEndpoints.ENDED.get();
        try (Socket deaf = narrow()) {
            send(deaf, "GET /endless HTTP/1.1\nHost: localhost\n\n");
            await().atMost(BOUND).until(() -> FailingEndpoints.ENDED.get() > ended);
        }
    }

    @Test
    void an_answer_that_is_read_byte_by_byte_ends() throws IOException {
        int ended = FailingEndpoints.ENDED.get();
        try (Socket slow = narrow()) {
            send(slow, "GET /endless HTTP/1.1\nHost: localhost\n\n");
            await().atMost(BOUND).pollInterval(SLOW).until(() -> {
                assertThat(slow.getInputStream().readNBytes(50)).hasSize(50);
                return FailingEndpoints.ENDED.get() > ended;
            });
        }
    }

    @Test
    void neither_silence_between_requests_nor_a_fair_rate_is_slow() throws IOException {
        try (Socket slow = http.connect();
                Socket fair = http.connect();
                Socket idle = http.connect()) {
            send(idle, "GET /things/1 HTTP/1.1\nHost: localhost\n\n");
            assertThat(RawResponse.read(idle.getInputStream()).status()).isEqualTo(200);
            String field = "\"x\":\"" + "x".repeat(50_000);
            send(fair, POST + "Content-Length: " + (field.length() + 17) + "\n\n{\"title\":\"T\", ");
            send(slow, POST + "Content-Length: 50000\n\n{");
            int[] sent = {0};
            await().atMost(BOUND).pollInterval(SLOW).until(() -> {
                int end = Math.min(field.length(), sent[0] + 1_000);
                send(fair, field.substring(sent[0], end));
                sent[0] = end;
                return isAnswered(slow, " ");
            });
            send(fair, field.substring(sent[0]) + "\" }");
            assertThat(RawResponse.read(fair.getInputStream()).status()).isEqualTo(201);
            send(idle, "GET /things/1 HTTP/1.1\nHost: localhost\n\n");
            assertThat(RawResponse.read(idle.getInputStream()).status()).isEqualTo(200);
        }
    }

    private Socket narrow() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(RawHttp.bytes(text));
    }

    /** Sends a little more, unless there is an answer. */
    private static boolean isAnswered(Socket socket, String more) throws IOException {
        if (socket.getInputStream().available() > 0) {
            return true;
        }
        try {
            send(socket, more);
        } catch (IOException cutOff) {
            return socket.getInputStream().available() > 0;
        }
        return false;
    }

    /** False where the other side has closed the connection. */
    private static boolean takes(Socket socket, String more) throws IOException {
        try {
            send(socket, more);
            socket.setSoTimeout(1);
            int read = socket.getInputStream().read();
            assertThat((char) read).as("answer").isEqualTo((char) -1);
            return false;
        } catch (SocketTimeoutException open) {
            return true;
        } catch (IOException cutOff) {
            return false;
        }
    }
}
