package dev.recount.eventstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerProbeTest {
    @TempDir
    Path directory;

    @Test
    void no_socket_is_no_engine() {
        assertThat(probe(UnixDomainSocketAddress.of(directory.resolve("absent.sock")))
                        .answers())
                .isFalse();
    }

    @Test
    void an_engine_that_answers_its_ping_is_found() throws Exception {
        assertThat(answersWith("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK"))
                .isTrue();
    }

    @Test
    void a_socket_that_refuses_is_no_engine() throws Exception {
        assertThat(answersWith("HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"))
                .isFalse();
    }

    @Test
    void a_socket_that_says_nothing_is_given_up_on() throws Exception {
        var address = UnixDomainSocketAddress.of(directory.resolve("silent.sock"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            assertThat(probe(address).answers()).isFalse();
        }
    }

    @Test
    void the_environment_says_where_to_ask() {
        assertThat(DockerProbe.addresses(Map.of("DOCKER_HOST", "unix:///there.sock"), "/home/ada"))
                .containsExactly(UnixDomainSocketAddress.of("/there.sock"));
        assertThat(DockerProbe.addresses(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375"), "/home/ada"))
                .containsExactly(new InetSocketAddress("127.0.0.1", 2375));
        assertThat(DockerProbe.addresses(Map.of("DOCKER_HOST", "ssh://there"), "/home/ada"))
                .isEmpty();
        assertThat(DockerProbe.addresses(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), "/home/ada"))
                .containsExactly(
                        UnixDomainSocketAddress.of("/var/run/docker.sock"),
                        UnixDomainSocketAddress.of("/home/ada/.docker/run/docker.sock"),
                        UnixDomainSocketAddress.of("/run/user/7/docker.sock"));
    }

    private boolean answersWith(String answer) throws IOException {
        var address = UnixDomainSocketAddress.of(directory.resolve("engine.sock"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            Thread.startVirtualThread(() -> answerOnce(server, answer));
            return probe(address).answers();
        }
    }

    private static void answerOnce(ServerSocketChannel server, String answer) {
        try (var client = server.accept()) {
            client.read(ByteBuffer.allocate(1024));
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static DockerProbe probe(SocketAddress address) {
        return new DockerProbe(List.of(address), Duration.ofSeconds(1));
    }
}
