package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecountApplicationTest {

    @TempDir
    Path directory;

    @Test
    void it_says_where_it_listens_where_the_data_is_and_what_to_try() throws Exception {
        Path data = directory.resolve("data");
        try (RecountProcess recount = RecountProcess.start(data)) {
            assertThat(recount.address().getHost()).isEqualTo("127.0.0.1");
            assertThat(recount.output())
                    .contains("Data in     " + data + " (PostgreSQL on 127.0.0.1:")
                    .contains("Try         curl -sS " + recount.address() + "/issues -H");
            assertThat(get(recount.address().resolve("/actuator/health/readiness"))
                            .body())
                    .isEqualTo("{\"status\":\"UP\"}");
            assertThat(get(recount.address().resolve("/actuator/env")).statusCode())
                    .isEqualTo(404);
            assertThat(reachableFromOutside(recount.address().getPort())).isFalse();
        }
        assertThat(data.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void with_a_database_named_it_keeps_nothing_but_its_key() {
        Path data = directory.resolve("data");
        try (TestDatabase database = TestDatabase.fresh();
                RecountProcess recount = RecountProcess.start(
                        data,
                        "--spring.datasource.url=" + database.url() + "?ApplicationName=secret",
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password())) {
            assertThat(recount.output())
                    .contains("Data in     " + database.url() + "\n")
                    .doesNotContain("secret");
            assertThat(data.toFile().list()).containsExactly("audit.key");
        }
    }

    @Test
    void a_database_that_does_not_answer_is_named_without_a_stack_trace() {
        RecountProcess recount =
                RecountProcess.launch("--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/recount?password=secret");
        assertThat(recount.exitCode()).isNotZero();
        assertThat(recount.output())
                .contains("The database jdbc:postgresql://127.0.0.1:1/recount gives no connection.")
                .doesNotContain("\tat ");
    }

    @Test
    void a_port_in_use_is_said_to_be() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            RecountProcess recount = RecountProcess.launch(
                    "--server.port=" + other.getLocalPort(), "--recount.data-directory=" + directory.resolve("data"));
            assertThat(recount.exitCode()).isNotZero();
            assertThat(recount.output())
                    .contains("Port " + other.getLocalPort() + " was already in use", "--server.port=")
                    .doesNotContain("\tat ");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void an_address_that_is_not_this_machines_is_said_to_be_none_before_anything_is_made() {
        RecountProcess recount = RecountProcess.launch(
                "--server.address=192.0.2.1",
                "--server.port=8080",
                "--recount.data-directory=" + directory.resolve("data"));
        assertThat(recount.exitCode()).isNotZero();
        assertThat(recount.output())
                .contains("Recount cannot listen on 192.0.2.1:8080", "--server.address")
                .doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_locale_that_cannot_express_the_directory_is_refused_by_name() throws Exception {
        Path foreign = Files.createDirectory(directory.resolve("j\u00fcrgen"));
        RecountProcess recount = RecountProcess.launchIn(foreign, Map.of("LC_ALL", "C"), "--server.port=0");
        assertThat(recount.exitCode()).isNotZero();
        assertThat(recount.output())
                .contains("The locale C (LC_ALL) cannot express the name of the directory", "LC_ALL=C.UTF-8")
                .doesNotContain("\tat ");
        RecountProcess named = RecountProcess.launchIn(
                directory, Map.of("LC_ALL", "C"), "--server.port=0", "--recount.data-directory=" + foreign);
        assertThat(named.exitCode()).isNotZero();
        assertThat(named.output()).contains("The locale C (LC_ALL) cannot express the name of the directory");
        assertThat(directory).isDirectoryNotContaining(file -> !file.equals(foreign));
        assertThat(foreign).isEmptyDirectory();
    }

    @Test
    void a_mistyped_option_starts_nothing() {
        RecountProcess recount = RecountProcess.launch("--recount.data-dir=" + directory.resolve("data"));
        assertThat(recount.exitCode()).isNotZero();
        assertThat(recount.output())
                .contains("There is no option recount.data-dir.")
                .contains("--recount.data-directory")
                .doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void somebody_elses_directory_is_refused_with_what_to_do() {
        RecountProcess recount = RecountProcess.launch("--recount.data-directory=/proc");
        assertThat(recount.exitCode()).isNotZero();
        assertThat(recount.output())
                .contains("The data directory /proc")
                .contains("Name a directory for Recount alone")
                .doesNotContain("\tat ");
    }

    private static boolean reachableFromOutside(int port) throws IOException {
        boolean reachable = false;
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    try (Socket socket = new Socket(address, port)) {
                        reachable |= socket.isConnected();
                    } catch (IOException refused) {
                        continue;
                    }
                }
            }
        }
        return reachable;
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
