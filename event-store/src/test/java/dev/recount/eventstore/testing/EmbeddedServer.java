package dev.recount.eventstore.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;

/** Starts the test server from the binaries of its Maven artifact, on a throw-away directory. */
final class EmbeddedServer {
    // Below the range the kernel takes the client ends of connections from: those steal a port that looked free.
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_767;
    private static final int ATTEMPTS = 10;

    private EmbeddedServer() {}

    static TestServer start() {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                var directory = Files.createTempDirectory("recount-test-postgres-");
                watch(directory);
                var server = start(directory, freePort());
                if (isOurs(server, directory)) {
                    return new TestServer("127.0.0.1", server.getPort(), "postgres", "postgres");
                }
            }
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("no PostgreSQL for the tests", failure);
        }
        throw new IllegalStateException("no port for PostgreSQL after " + ATTEMPTS + " attempts");
    }

    private static EmbeddedPostgres start(Path directory, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries().toFile())
                .setDataDirectory(directory)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                // The library's default, off, would hide responses that are sent before the data is durable.
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /**
     * The directory of the unpacked binaries, which are unpacked once and kept. There is one per user, because other
     * users could not update root's. Only that user can access it, because the library makes its files writable for
     * all.
     */
    private static Path binaries() throws IOException {
        var home = Path.of(System.getProperty("java.io.tmpdir"), "recount-postgres-" + System.getProperty("user.name"));
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        return home.resolve("binaries");
    }

    /** Two JVMs that pick one port would both find a server there: the one that did not start it must go on. */
    private static boolean isOurs(EmbeddedPostgres server, Path directory) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var rows = connection.createStatement().executeQuery("SHOW data_directory")) {
            rows.next();
            return Path.of(rows.getString(1)).equals(directory);
        }
    }

    private static int freePort() {
        int range = HIGHEST_PORT - LOWEST_PORT + 1;
        long start = ProcessHandle.current().pid() * 7;
        for (int offset = 0; offset < range; offset++) {
            int port = (int) (LOWEST_PORT + (start + offset) % range);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new UncheckedIOException(new IOException("no free port from " + LOWEST_PORT + " to " + HIGHEST_PORT));
    }

    /**
     * Starts a shell that waits for the end of its input, which is the end of this JVM. It then stops the server and
     * deletes its directory. A shutdown hook would not survive {@code kill -9}.
     */
    private static void watch(Path directory) throws IOException {
        var script = """
            trap '' HUP INT TERM
            cat > /dev/null
            if read -r pid 2> /dev/null < "$0/postmaster.pid"; then
              kill -INT "$pid"
              turns=400
              while [ -e "$0/postmaster.pid" ] && [ $((turns -= 1)) -gt 0 ]; do sleep 0.05; done
            fi
            rm -rf "$0"
            """;
        new ProcessBuilder("sh", "-c", script, directory.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }
}
