package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the steps of docs/operations.md for a log that was altered or restored, from beginning to end. */
class RecoveryStepsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private static void create(Client client, int first, int last) {
        for (int number = first; number <= last; number++) {
            client.post("/issues", Map.of("title", "Issue " + number)).expect(201);
        }
        client.get("/issues").expect(200);
    }

    private static CommandProcess.Result on(Path data, String... command) {
        String[] arguments = List.of(command).toArray(new String[command.length + 1]);
        arguments[command.length] = "--recount.data-directory=" + data;
        return CommandProcess.run(arguments);
    }

    private static void assertHealthy(Path data, int issues) {
        try (RecountProcess recount = RecountProcess.start(data)) {
            Client client = Client.of(recount.address());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(client.get("/projections").body().findValuesAsString("state"))
                                    .isNotEmpty()
                                    .containsOnly("live"));
            assertThat(client.get("/issues").expect(200).body().path("count").asInt())
                    .isEqualTo(issues);
            Client.Answer written = client.post("/issues", Map.of("title", "After it"));
            assertThat(client.get("/issues/" + written.expect(201).id() + "/timeline")
                            .expect(200)
                            .body()
                            .size())
                    .isEqualTo(1);
            assertThat(client.get("/issues").expect(200).body().path("count").asInt())
                    .isEqualTo(issues + 1);
            assertThat(client.get("/reports/top-assignees").status()).isEqualTo(200);
            assertThat(client.status("/audit/checkpoint")).isEqualTo(200);
            // Reports let events gather before they count them, and a node is ready after the first count.
            Awaitility.await().atMost(PATIENCE).until(() -> client.status("/actuator/health/readiness") == 200);
            Awaitility.await().atMost(PATIENCE).until(() -> client.status("/actuator/health") == 200);
        }
    }

    private static void deleteEventsAfter(Path data, long position) throws IOException, SQLException {
        String port = Files.readString(data.resolve("port")).strip();
        String password = Files.readString(data.resolve("password")).strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/recount", "recount", password);
                var statement = connection.createStatement()) {
            statement.execute("""
                BEGIN;
                ALTER TABLE event_log DISABLE TRIGGER event_log_is_append_only;
                DELETE FROM event_log WHERE position > %d;
                ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_is_append_only;
                COMMIT
                """.formatted(position));
        }
    }

    @Test
    void an_older_backup_of_everything_is_put_back_checked_and_used() throws Exception {
        Path data = directory.resolve("data");
        Path backup = directory.resolve("backup");
        try (RecountProcess recount = RecountProcess.start(data)) {
            create(Client.of(recount.address()), 1, 3);
        }
        copy(data, backup);
        try (RecountProcess recount = RecountProcess.start(data)) {
            create(Client.of(recount.address()), 4, 6);
        }
        remove(data);
        copy(backup, data);
        CommandProcess.Result verified = on(data, "audit", "verify");
        assertThat(verified.exitCode()).as(verified.errors()).isZero();
        CommandProcess.Result projections = on(data, "projections", "--json");
        assertThat(projections.exitCode()).as(projections.errors()).isZero();
        assertThat(projections.output()).doesNotContain("failing");
        assertHealthy(data, 3);
    }

    @Test
    void projections_that_are_ahead_of_a_log_that_alone_was_put_back_are_found_and_rebuilt() throws Exception {
        Path data = directory.resolve("data");
        try (RecountProcess recount = RecountProcess.start(data)) {
            Client client = Client.of(recount.address());
            create(client, 1, 6);
            deleteEventsAfter(data, 4);
            Client.Answer refused = client.get("/issues").expect(503);
            assertThat(refused.body().path("code").asString()).isEqualTo("projection-ahead");
        }
        CommandProcess.Result projections = on(data, "projections", "--json");
        assertThat(projections.output()).contains("failing").contains("ended at position 4");
        CommandProcess.Result rebuilt = on(data, "rebuild", "--all", "--quiet");
        assertThat(rebuilt.exitCode()).as(rebuilt.errors()).isZero();
        assertHealthy(data, 2);
    }

    @Test
    void a_log_that_was_tampered_with_is_replaced_by_an_export_that_is_proved() throws Exception {
        Path data = directory.resolve("data");
        Path export = directory.resolve("log.ndjson.gz");
        Path other = directory.resolve("other");
        try (RecountProcess recount = RecountProcess.start(data)) {
            Client client = Client.of(recount.address());
            create(client, 1, 6);
            assertThat(client.status("/audit/checkpoint")).isEqualTo(200);
            CommandProcess.Result exported = on(data, "audit", "export", "--out", export.toString());
            assertThat(exported.exitCode()).as(exported.errors()).isZero();
            deleteEventsAfter(data, 4);
            Client.Answer tampered = client.get("/audit/checkpoint").expect(500);
            assertThat(tampered.body().path("code").asString()).isEqualTo("log-tampered-with");
        }
        assertThat(on(data, "audit", "verify").exitCode()).isEqualTo(1);
        assertThat(CommandProcess.run("audit", "verify", "--export", export.toString())
                        .exitCode())
                .isZero();
        CommandProcess.Result restored = on(other, "audit", "restore", export.toString(), "--quiet");
        assertThat(restored.exitCode()).as(restored.errors()).isZero();
        Files.copy(data.resolve("audit.key"), other.resolve("audit.key"));
        assertHealthy(other, 6);
    }

    /** Copies as {@code cp -a} does, because the database refuses files that others may read. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        run("cp", "-a", from.toString(), to.toString());
    }

    private static void remove(Path path) throws IOException, InterruptedException {
        run("rm", "-r", path.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
