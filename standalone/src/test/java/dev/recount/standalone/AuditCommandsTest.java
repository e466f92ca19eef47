package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.projection.Projection;
import dev.recount.standalone.CommandProcess.Result;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs {@code audit} beside a running server, and starts a server from an export. */
class AuditCommandsTest {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static Recount recount;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        recount = Recount.start();
        var client = recount.client();
        client.post("/users", Map.of("username", "ada", "display_name", "Ada Lovelace"))
                .expect(201);
        for (var number = 1; number <= 5; number++) {
            client.post("/issues", Map.of("title", "Zwölf Boxkämpfer \"" + number + "\"\n🦋", "assignee", 2))
                    .expect(201);
        }
        client.patch("/issues/2", Map.of("version", 1, "status", "resolved")).expect(200);
        client.post("/issues/2/comments", Map.of("body", "Seen.", "author", 2)).expect(201);
        client.put("/issues/3/labels", List.of(Map.of("name", "bug"))).expect(200);
        client.importCsv("title,description,status,assignee\nImported,x,closed,1\n")
                .expect(200);
        client.get("/issues").expect(200);
    }

    @AfterAll
    static void stop() {
        recount.close();
    }

    @Test
    void a_log_that_nobody_touched_is_intact_in_the_database_and_in_a_file() {
        var live = on(recount.database(), "audit", "verify", "--json");
        assertThat(live.exitCode()).as(live.errors()).isZero();
        assertThat(live.json().path("intact").asBoolean()).isTrue();
        assertThat(live.json().path("events").asLong()).isEqualTo(head());

        var file = directory.resolve("log.ndjson.gz");
        var exported = on(recount.database(), "audit", "export", "--out", file.toString());
        assertThat(exported.exitCode()).as(exported.errors()).isZero();
        assertThat(exported.output()).startsWith("Written to " + file + ".\nIntact: " + head() + " events of recount/");

        var offline = CommandProcess.run("audit", "verify", "--export", file.toString(), "--json");
        assertThat(offline.exitCode()).as(offline.errors()).isZero();
        assertThat(offline.json().path("root_hash")).isEqualTo(live.json().path("root_hash"));
        assertThat(offline.json().path("origin")).isEqualTo(live.json().path("origin"));
        assertThat(offline.json().path("findings")).isEmpty();

        var again = on(recount.database(), "audit", "export", "--out", file.toString());
        assertThat(again.exitCode()).isEqualTo(USAGE);
        assertThat(again.errors()).contains("There is a file " + file + " already.");
    }

    @Test
    void a_checkpoint_that_was_kept_proves_what_it_covers_and_finds_a_log_that_was_cut_short() throws Exception {
        var kept = Files.writeString(directory.resolve("monday.txt"), fetch("/audit/checkpoint"));
        var key = JdbcClient.create(recount.database().dataSource())
                .sql("SELECT vkey FROM checkpoint_key")
                .query(String.class)
                .single();
        var file = export();
        var proven = CommandProcess.run(
                "audit",
                "verify",
                "--json",
                "--export",
                file.toString(),
                "--checkpoint",
                kept.toString(),
                "--key",
                key);
        assertThat(proven.exitCode()).as(proven.output() + proven.errors()).isZero();
        assertThat(proven.json().path("intact_up_to").asLong()).isEqualTo(head());
        assertThat(proven.json().path("keys_given").asBoolean()).isTrue();
        var live = on(recount.database(), "audit", "verify", "--checkpoint", kept.toString(), "--key", key);
        assertThat(live.exitCode()).as(live.errors()).isZero();
        assertThat(live.output()).contains("Up to position " + head() + " a signed checkpoint proves");

        var lines = Files.readAllLines(file);
        lines.removeLast();
        Files.write(file, lines);
        var cut = CommandProcess.run(
                "audit",
                "verify",
                "--json",
                "--export",
                file.toString(),
                "--checkpoint",
                kept.toString(),
                "--key",
                key);
        assertThat(cut.exitCode()).isEqualTo(FAILED);
        assertThat(cut.json().path("first_bad_position").asLong()).isEqualTo(head());

        var forged = Files.writeString(kept, Files.readString(kept).replace("\n" + head() + "\n", "\n3\n"));
        var refused = CommandProcess.run(
                "audit", "verify", "--json", "--export", file.toString(), "--checkpoint", forged.toString());
        assertThat(refused.exitCode()).isEqualTo(FAILED);
        assertThat(refused.json().path("error").path("code").asString()).isEqualTo("checkpoint-refused");
    }

    private static String fetch(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(recount.client().address().resolve(path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }

    @Test
    void an_export_makes_the_same_installation_elsewhere_and_that_goes_on() throws Exception {
        var file = export();
        try (var target = TestDatabase.fresh()) {
            var restored = on(target, "audit", "restore", file.toString(), "--json");
            assertThat(restored.exitCode())
                    .as(restored.errors() + restored.output())
                    .isZero();
            assertThat(restored.json().path("events").asLong()).isEqualTo(head());
            var twice = on(target, "audit", "restore", file.toString());
            assertThat(twice.exitCode()).isEqualTo(FAILED);
            assertThat(twice.errors()).contains("events already");
            try (var second = Recount.on(target)) {
                var client = second.client();
                client.get("/issues").expect(200);
                awaitFilled(client);
                for (var path : List.of(
                        "/issues?page_size=50",
                        "/issues/2",
                        "/issues/3/timeline",
                        "/users",
                        "/reports/latency",
                        "/reports/top-assignees")) {
                    assertThat(client.get(path).expect(200).body())
                            .as(path)
                            .isEqualTo(recount.client().get(path).expect(200).body());
                }
                assertThat(rows(target)).isEqualTo(rows(recount.database()));

                assertThat(client.post("/issues", Map.of("title", "After all"))
                                .expect(201)
                                .id())
                        .isEqualTo(7);
                client.patch("/issues/1", Map.of("version", 1, "title", "Another"))
                        .expect(200);
                client.put("/issues/1/labels", List.of(Map.of("name", "bug"), Map.of("name", "new")))
                        .expect(200);
                client.post("/issues/1/comments", Map.of("body", "Goes on.", "author", 1))
                        .expect(201);
                client.post("/users", Map.of("username", "bob", "display_name", "Bob"))
                        .expect(201);
                var verified = on(target, "audit", "verify", "--json");
                assertThat(verified.exitCode()).as(verified.output()).isZero();
                assertThat(verified.json().path("origin"))
                        .isEqualTo(restored.json().path("origin"));
                assertThat(verified.json().path("events").asLong()).isGreaterThan(head());
            }
        }
    }

    @Test
    void nothing_is_restored_of_an_export_that_was_altered() throws Exception {
        var file = export();
        Files.writeString(file, Files.readString(file).replace("Seen.", "Soon."));
        try (var target = TestDatabase.fresh()) {
            var refused = on(target, "audit", "restore", file.toString());
            assertThat(refused.exitCode()).isEqualTo(FAILED);
            assertThat(refused.output()).isEmpty();
            assertThat(refused.errors()).contains("First bad position: ", "Nothing was restored.");
            assertThat(JdbcClient.create(target.dataSource())
                            .sql("SELECT count(*) FROM event_log")
                            .query(Long.class)
                            .single())
                    .isZero();
            var whole = on(target, "audit", "restore", export().toString());
            assertThat(whole.exitCode()).as(whole.errors()).isZero();
        }
        var offline = CommandProcess.run("audit", "verify", "--export", file.toString(), "--json");
        assertThat(offline.exitCode()).isEqualTo(FAILED);
        assertThat(offline.json().path("intact").asBoolean(true)).isFalse();
        assertThat(offline.json().path("first_bad_position").asLong()).isEqualTo(positionOf("IssueCommented"));
    }

    @Test
    void a_data_directory_is_made_of_an_export() throws Exception {
        var data = directory.resolve("data");
        var restored = CommandProcess.run(
                "audit", "restore", export().toString(), "--recount.data-directory=" + data, "--quiet");
        assertThat(restored.exitCode()).as(restored.errors()).isZero();
        assertThat(restored.output()).startsWith("Restored " + head() + " events of recount/");
        var verified = CommandProcess.run("audit", "verify", "--recount.data-directory=" + data);
        assertThat(verified.exitCode()).as(verified.errors()).isZero();
    }

    @Test
    void what_cannot_be_used_is_said_to_be_so() throws Exception {
        var nothing = CommandProcess.run("audit", "verify", "--export", "nowhere.ndjson", "--json");
        assertThat(nothing.exitCode()).isEqualTo(USAGE);
        assertThat(nothing.json().path("error").path("code").asString()).isEqualTo("no-file");

        var other = Files.writeString(directory.resolve("other.ndjson"), "{}\n");
        var noExport = CommandProcess.run("audit", "verify", "--export", other.toString());
        assertThat(noExport.exitCode()).isEqualTo(FAILED);
        assertThat(noExport.errors()).contains("is no export of a log");

        var key = CommandProcess.run("audit", "verify", "--export", other.toString(), "--key", "none");
        assertThat(key.exitCode()).isEqualTo(USAGE);
        assertThat(CommandProcess.run("audit").exitCode()).isEqualTo(USAGE);
        assertThat(CommandProcess.run("audit", "verify", "--help").output()).contains("--checkpoint", "--key");
    }

    private Path export() throws IOException {
        var file = Files.createTempDirectory(directory, "export").resolve("log.ndjson");
        var exported = on(recount.database(), "audit", "export", "--out", file.toString());
        assertThat(exported.exitCode()).as(exported.errors()).isZero();
        return file;
    }

    private static Result on(TestDatabase database, String... arguments) {
        return CommandProcess.run(
                Map.of("SPRING_DATASOURCE_PASSWORD", database.password()),
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--spring.datasource.url=" + database.url(),
                                        "--spring.datasource.username=" + database.user()))
                        .toArray(String[]::new));
    }

    private static long head() {
        return JdbcClient.create(recount.database().dataSource())
                .sql("SELECT max(position) FROM event_log")
                .query(Long.class)
                .single();
    }

    private static long positionOf(String type) {
        return JdbcClient.create(recount.database().dataSource())
                .sql("SELECT position FROM event_log WHERE type = ?")
                .param(type)
                .query(Long.class)
                .single();
    }

    private static void awaitFilled(Client client) {
        await().until(() -> client.get("/projections")
                .expect(200)
                .body()
                .valueStream()
                .allMatch(projection -> projection.path("state").asString().equals("live")
                        && projection.path("lag_events").asLong() == 0));
    }

    /** The rows of all read models, in a comparable form. Rows of equal content may be in any order. */
    private static Map<String, List<String>> rows(TestDatabase database) {
        var sql = JdbcClient.create(database.dataSource());
        Map<String, List<String>> rows = new TreeMap<>();
        for (var table : recount.context().getBeansOfType(Projection.class).values().stream()
                .flatMap(projection -> projection.tables().stream())
                .toList()) {
            rows.put(
                    table,
                    new ArrayList<>(sql.sql("SELECT t::text FROM " + table + " AS t ORDER BY 1")
                            .query(String.class)
                            .list()));
        }
        return rows;
    }
}
