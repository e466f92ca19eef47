package dev.recount.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresTest {
    @TempDir
    static Path directories;

    private static Path prepared;

    private Path directory = Path.of("not yet");

    /** Unpacking and initdb take seconds, so they are done once and copied. */
    @BeforeAll
    static void prepare() throws Exception {
        prepared = directories.resolve("prepared");
        try (var postgres = EmbeddedPostgres.start(prepared)) {
            execute(postgres, "CREATE TABLE kept (number int)");
            execute(postgres, "INSERT INTO kept VALUES (7)");
        }
    }

    @AfterEach
    void nothing_is_left_running() {
        if (Files.exists(directory)) {
            servers(directory).forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void data_survives_a_restart() throws Exception {
        directory = copy("restart");
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
            execute(postgres, "INSERT INTO kept VALUES (8)");
        }
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT string_agg(number::text, ' ' ORDER BY number) FROM kept"))
                    .isEqualTo("7 8");
        }
    }

    @Test
    void nothing_durable_is_given_away_and_nobody_else_gets_in() throws Exception {
        directory = copy("settings");
        try (var postgres = EmbeddedPostgres.start(directory)) {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(query(postgres, "SHOW " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(query(postgres, "SHOW jit")).isEqualTo("off");
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "SHOW is_superuser")).isEqualTo("off");
            assertThat(query(
                            postgres,
                            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'recount'"))
                    .isEqualTo("bC.UTF-8");
            assertThat(postgres.port()).isBetween(20_000, 32_767);
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.user(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prepared)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_killed_process_leaves_a_server_that_the_next_start_replaces() throws Exception {
        directory = copy("killed");
        var killed = PostgresProcess.start(directory);
        var leftover = servers(directory);
        killed.kill();
        assertThat(leftover).singleElement().matches(ProcessHandle::isAlive);
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(postgres.port()).isEqualTo(killed.port());
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
            assertThat(servers(directory)).hasSize(1).doesNotContainAnyElementsOf(leftover);
        }
    }

    @Test
    void the_next_start_finds_a_left_over_server_also_when_it_takes_another_port() throws Exception {
        directory = copy("other port");
        var killed = PostgresProcess.start(directory);
        var leftover = servers(directory);
        killed.kill();
        Files.writeString(directory.resolve("port"), "");
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
            assertThat(servers(directory)).hasSize(1).doesNotContainAnyElementsOf(leftover);
        }
    }

    @Test
    void a_server_that_was_killed_too_is_recovered_from() throws Exception {
        directory = copy("both killed");
        var killed = PostgresProcess.start(directory);
        killed.kill();
        servers(directory).forEach(ProcessHandle::destroyForcibly);
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void a_server_that_is_killed_is_started_again_where_it_was() throws Exception {
        directory = copy("started again");
        try (var postgres = EmbeddedPostgres.start(directory)) {
            execute(postgres, "INSERT INTO kept VALUES (8)");
            for (var times = 1; times <= 2; times++) {
                var killed = servers(directory);
                assertThat(killed).singleElement().matches(ProcessHandle::destroyForcibly);
                await().until(() -> !servers(directory).equals(killed));
                await().atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .until(() ->
                                query(postgres, "SELECT sum(number) FROM kept").equals("15"));
                assertThat(servers(directory)).hasSize(1).doesNotContainAnyElementsOf(killed);
            }
        }
        assertThat(servers(directory)).isEmpty();
    }

    @Test
    void a_start_that_fails_is_tried_again() throws Exception {
        directory = copy("tried again");
        var settings = directory.resolve("cluster/postgresql.auto.conf");
        try (var postgres = EmbeddedPostgres.start(directory)) {
            Files.writeString(settings, "shared_buffers = rather many\n");
            servers(directory).forEach(ProcessHandle::destroyForcibly);
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            Files.readString(directory.resolve("program.log")).contains("syntax error"));
            Files.writeString(settings, "");
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> query(postgres, "SELECT number FROM kept").equals("7"));
        }
    }

    @Test
    void a_server_that_is_gone_at_the_end_has_not_to_be_stopped() throws Exception {
        directory = copy("gone");
        var postgres = EmbeddedPostgres.start(directory);
        servers(directory).forEach(ProcessHandle::destroyForcibly);
        postgres.close();
        await().until(() -> servers(directory).isEmpty());
        EmbeddedPostgres.start(directory).close();
    }

    @Test
    void a_terminated_process_stops_its_server() throws Exception {
        directory = copy("terminated");
        var process = PostgresProcess.start(directory);
        process.terminate();
        assertThat(servers(directory)).isEmpty();
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_directory_serves_one_process_at_a_time() throws Exception {
        directory = copy("one");
        try (var first = EmbeddedPostgres.start(directory)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("in use by another Recount (process this one)");
            // The refusal in this process must not have cost the first one its lock.
            try (var second = PostgresProcess.start(directory)) {
                assertThat(second.isUp()).isFalse();
                assertThat(second.lastWords())
                        .contains("in use by another Recount (process "
                                + ProcessHandle.current().pid() + ")");
            }
            assertThat(query(first, "SELECT number FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void a_process_number_that_was_given_to_another_program_is_no_server() throws Exception {
        directory = copy("reused");
        var bystander = new ProcessBuilder("cat").start();
        try {
            writePostmasterPid(bystander.pid());
            try (var postgres = EmbeddedPostgres.start(directory)) {
                assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
                assertThat(bystander.isAlive()).isTrue();
            }
        } finally {
            bystander.destroy();
        }
    }

    @Test
    void a_process_that_nobody_buried_is_no_server() throws Exception {
        directory = copy("zombie");
        // The shell turns into a cat, which never asks after the child it inherits.
        var parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec cat").start();
        try {
            long zombie = Long.parseLong(parent.inputReader().readLine());
            assumeThat(Path.of("/proc/self/stat")).exists();
            await().until(() -> Postmaster.isZombie(zombie));
            writePostmasterPid(zombie);
            try (var postgres = EmbeddedPostgres.start(directory)) {
                assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
            }
        } finally {
            parent.destroy();
        }
    }

    @Test
    void a_port_taken_by_somebody_else_is_left_to_them() throws Exception {
        directory = copy("port");
        int remembered =
                Integer.parseInt(Files.readString(directory.resolve("port")).strip());
        try (var other = new ServerSocket(remembered, 1, InetAddress.ofLiteral("127.0.0.1"));
                var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(postgres.port()).isNotEqualTo(other.getLocalPort());
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void an_interrupted_first_start_is_done_again() throws Exception {
        directory = directories.resolve("interrupted");
        Files.createDirectories(directory.resolve("cluster.unfinished/base"));
        Files.createFile(directory.resolve("recount.lock"));
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(directory.resolve("cluster.unfinished")).doesNotExist();
        }
    }

    @Test
    void where_user_namespaces_are_forbidden_root_starts_the_server_as_another_user() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setPosixFilePermissions(directories, PosixFilePermissions.fromString("rwx--x--x"));
        directory = directories.resolve("as another user");
        try (var postgres = EmbeddedPostgres.start(directory, _ -> Privileges.OTHER_USER)) {
            execute(postgres, "CREATE TABLE kept AS SELECT 7 AS number");
            assertThat(Files.getOwner(directory.resolve("cluster/PG_VERSION")).getName())
                    .isNotEqualTo("root");
            assertThat(Files.getOwner(directory.resolve("password")).getName()).isEqualTo("root");
        }
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
        }
        assertThat(Files.getOwner(directory.resolve("cluster/PG_VERSION")).getName())
                .isNotEqualTo("root");
    }

    @Test
    void root_refuses_the_data_of_another_user_and_leaves_its_owner() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        directory = copy("of another user");
        var other = 54_321;
        for (var file : List.of("", "cluster", "cluster/PG_VERSION")) {
            Files.setAttribute(directory.resolve(file), "unix:uid", other);
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessage("The data directory " + directory.toRealPath()
                        + " belongs to the user 54321, but this Recount runs as root.")
                .extracting(refused -> ((EmbeddedPostgresException) refused).action())
                .asString()
                .startsWith("Start Recount as 54321. ");
        assertThat(Files.getAttribute(directory.resolve("cluster/PG_VERSION"), "unix:uid"))
                .isEqualTo(other);
    }

    @Test
    void a_cluster_that_is_not_whole_is_said_to_be() throws Exception {
        directory = copy("not whole");
        Files.delete(directory.resolve("cluster/PG_VERSION"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("is not whole: there is no " + directory.toRealPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1", "99999999\n/a", "\0\0\0\0\0\0\0\0"})
    void a_record_that_a_loss_of_power_left_half_written_is_no_server(String record) throws Exception {
        directory = copy("power " + Arrays.hashCode(record.getBytes(UTF_8)));
        Files.writeString(directory.resolve("cluster/postmaster.pid"), record);
        try (var postgres = EmbeddedPostgres.start(directory)) {
            assertThat(query(postgres, "SELECT number FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void data_of_another_major_version_is_refused() throws Exception {
        directory = copy("version");
        Files.writeString(directory.resolve("cluster/PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("written by PostgreSQL 17, but this Recount brings PostgreSQL 18");
        Files.writeString(directory.resolve("cluster/PG_VERSION"), "18\n");
        EmbeddedPostgres.start(directory).close();
    }

    @Test
    void somebody_elses_directory_is_refused_and_left_as_it_is() throws IOException {
        directory = Files.createDirectory(directories.resolve("photographs"));
        Files.createFile(directory.resolve("cat.jpg"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("holds something, but nothing of Recount's");
        try (var entries = Files.list(directory)) {
            assertThat(entries).containsExactly(directory.resolve("cat.jpg"));
        }
    }

    @Test
    void what_cannot_be_a_data_directory_is_refused_with_the_reason() throws IOException {
        var file = Files.createFile(directories.resolve("file"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(file))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("not a directory");
        assertThatThrownBy(() -> EmbeddedPostgres.start(directories.resolve("two\nlines")))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("character in its name");
        assertThatThrownBy(() -> EmbeddedPostgres.start(Path.of("/proc/recount")))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void a_lost_password_is_said_to_be_lost() throws Exception {
        directory = copy("password");
        Files.delete(directory.resolve("password"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("password of the database is missing");
        Files.writeString(directory.resolve("password"), "another");
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(servers(directory)).isEmpty();
    }

    private static Path copy(String name) throws IOException, InterruptedException {
        var copy = Files.createDirectory(directories.resolve(name));
        try (var entries = Files.list(prepared)) {
            for (var entry : entries.toList()) {
                var target = copy.resolve(entry.getFileName());
                if (entry.getFileName().toString().startsWith("postgres-")) {
                    Files.createSymbolicLink(target, entry);
                } else {
                    assertThat(new ProcessBuilder("cp", "-a", entry.toString(), target.toString())
                                    .start()
                                    .waitFor())
                            .isZero();
                }
            }
        }
        return copy;
    }

    private void writePostmasterPid(long pid) throws IOException {
        var cluster = directory.resolve("cluster");
        Files.writeString(
                cluster.resolve("postmaster.pid"),
                pid + "\n" + cluster + "\n1700000000\n20000\n\n127.0.0.1\n   123456     99999\nready   \n");
    }

    /** The postmasters, not their children, that work on a directory. */
    private static List<ProcessHandle> servers(Path directory) {
        var processes = ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> !Postmaster.isZombie(process.pid()))
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("/bin/postgres") && line.contains(directory + "/"))
                        .isPresent())
                .toList();
        return processes.stream()
                .filter(process -> process.parent().filter(processes::contains).isEmpty())
                .toList();
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
