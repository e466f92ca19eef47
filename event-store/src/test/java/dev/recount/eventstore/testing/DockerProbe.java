package dev.recount.eventstore.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks quickly and quietly whether a Docker engine answers; Testcontainers itself does neither where none runs. */
record DockerProbe(List<SocketAddress> addresses, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int DOCKER_PORT = 2375;

    static DockerProbe ofThisMachine() {
        return new DockerProbe(addresses(System.getenv(), System.getProperty("user.home")), PATIENCE);
    }

    static List<SocketAddress> addresses(Map<String, String> environment, String home) {
        var host = environment.get("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            var uri = URI.create(host);
            return switch (String.valueOf(uri.getScheme())) {
                case "unix" -> List.of(UnixDomainSocketAddress.of(uri.getPath()));
                case "tcp", "http" ->
                    List.of(new InetSocketAddress(uri.getHost(), uri.getPort() > 0 ? uri.getPort() : DOCKER_PORT));
                default -> List.of(); // reached through ssh or TLS: more than a probe should try
            };
        }
        var paths = new ArrayList<>(List.of("/var/run/docker.sock", home + "/.docker/run/docker.sock"));
        var runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null) {
            paths.add(runtime + "/docker.sock");
        }
        return List.copyOf(paths.stream().map(UnixDomainSocketAddress::of).toList());
    }

    boolean answers() {
        return addresses.stream().anyMatch(this::answers);
    }

    private boolean answers(SocketAddress address) {
        try (var channel = SocketChannel.open(
                address instanceof UnixDomainSocketAddress
                        ? StandardProtocolFamily.UNIX
                        : StandardProtocolFamily.INET)) {
            // A channel has no read timeout: closing it from here ends the read that takes too long.
            return CompletableFuture.supplyAsync(() -> ping(channel, address), Thread::startVirtualThread)
                    .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (IOException noEngine) {
            return false;
        }
    }

    private static boolean ping(SocketChannel channel, SocketAddress address) {
        try {
            channel.connect(address);
            channel.write(
                    ByteBuffer.wrap("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(32);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {}
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
                    .matches("(?s)HTTP/1\\.\\d 200.*");
        } catch (IOException noEngine) {
            return false;
        }
    }
}
