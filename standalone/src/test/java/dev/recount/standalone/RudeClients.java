package dev.recount.standalone;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Clients that send requests and do not read, or take minutes to send one. A disconnected client comes back. */
final class RudeClients implements AutoCloseable {

    private static final Duration BETWEEN_BYTES = Duration.ofSeconds(2);

    /** The time after which a client that does not read comes back, disconnected or not. */
    private static final Duration DEAF = Duration.ofSeconds(30);

    private final URI address;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RudeClients(URI address) {
        this.address = address;
    }

    /** Requests something endless and never reads. */
    void add(int clients, String head) {
        repeat(clients, socket -> {
            send(socket, head + "\r\n\r\n");
            stop.await(DEAF.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Sends a beginning, and then a piece every other second. */
    void addSlow(int clients, String beginning, String piece) {
        repeat(clients, socket -> {
            send(socket, beginning);
            while (!stop.await(BETWEEN_BYTES.toMillis(), TimeUnit.MILLISECONDS)) {
                send(socket, piece);
            }
        });
    }

    private interface Rudeness {
        void against(Socket socket) throws IOException, InterruptedException;
    }

    private void repeat(int clients, Rudeness rudeness) {
        for (int client = 0; client < clients; client++) {
            threads.submit(() -> {
                while (stop.getCount() > 0) {
                    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                        rudeness.against(socket);
                    } catch (IOException cutOff) {
                        stop.await(BETWEEN_BYTES.toMillis(), TimeUnit.MILLISECONDS);
                    }
                }
                return null;
            });
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        stop.countDown();
        threads.close();
    }
}
