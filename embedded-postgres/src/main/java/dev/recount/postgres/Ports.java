package dev.recount.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Chooses the port of PostgreSQL: the last one used, as long as it is free. */
final class Ports {
    // Below the kernel's range for client ends of connections, which could take a port that was free before.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_767;

    private Ports() {}

    static int choose(Path remembered) throws IOException {
        if (Files.exists(remembered)) {
            var text = Files.readString(remembered).strip();
            if (text.matches("\\d{4,5}") && isFree(Integer.parseInt(text))) {
                return Integer.parseInt(text);
            }
        }
        int range = HIGHEST - LOWEST + 1;
        int start = ThreadLocalRandom.current().nextInt(range);
        int port = IntStream.range(0, range)
                .map(offset -> LOWEST + (start + offset) % range)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "No port from " + LOWEST + " to " + HIGHEST + " is free for PostgreSQL.",
                        "Stop some of the programs that listen there."));
        Files.writeString(remembered, port + "\n");
        return port;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
