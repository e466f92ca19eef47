package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Restores a database to an earlier copy, under a running server and under a stopped one. */
@Timeout(300)
class RestoredLogTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestDatabase database = TestDatabase.fresh();

    /** What a client keeps from the lost part of the log. */
    private record Held(String position, String tag) {}

    @Test
    void a_server_under_which_the_database_is_restored_tells_clients_that_it_is_another_log() throws Exception {
        try (Recount first = Recount.on(database)) {
            first.client().post("/issues", Map.of("title", "kept")).expect(201);
            first.client().get("/issues/1").expect(200);
            first.context().close();
            copy();
            try (Recount recount = Recount.on(database)) {
                Held held = edit(recount);
                restore();
                await().atMost(LONG)
                        .ignoreExceptions()
                        .until(() -> !held.position().endsWith(suffix(recount)));
                requireTold(recount, held);
            }
        }
    }

    @Test
    void a_server_that_is_started_on_a_restored_database_is_told_by_a_command() throws Exception {
        try (Recount first = Recount.on(database)) {
            first.client().post("/issues", Map.of("title", "kept")).expect(201);
            first.client().get("/issues/1").expect(200);
            first.context().close();
            copy();
            Held held;
            try (var lost = SpringRun.of(database)) {
                held = edit(lost.recount());
            }
            restore();
            try (Recount recount = Recount.on(database)) {
                assertThat(held.position()).endsWith(suffix(recount));
                var renewed = CommandProcess.run(
                        "log",
                        "renew-identity",
                        "--json",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password());
                assertThat(renewed.exitCode()).as(renewed.errors()).isZero();
                await().atMost(LONG)
                        .until(() -> JSON.readTree(
                                        send(recount, "GET", "/audit/log", null).body())
                                .path("identity")
                                .asString()
                                .equals(renewed.json().path("identity").asString()));
                requireTold(recount, held);
            }
        }
    }

    /** Ends the server and leaves the database. */
    private record SpringRun(Recount recount) implements AutoCloseable {

        static SpringRun of(TestDatabase database) {
            return new SpringRun(Recount.on(database));
        }

        @Override
        public void close() {
            recount.context().close();
        }
    }

    private static Held edit(Recount recount) throws Exception {
        var edited = send(recount, "PATCH", "/issues/1", "{\"version\": 1, \"title\": \"lost\"}");
        assertThat(edited.statusCode()).isEqualTo(200);
        var read = send(recount, "GET", "/issues/1", null);
        assertThat(read.body()).contains("lost");
        var held = new Held(header(edited, "Event-Position"), header(read, "ETag"));
        assertThat(send(recount, "GET", "/issues/1", null, "If-None-Match", held.tag())
                        .statusCode())
                .isEqualTo(304);
        return held;
    }

    private static void requireTold(Recount recount, Held held) throws Exception {
        var refused =
                send(recount, "PATCH", "/issues/1", "{\"version\": 1, \"title\": \"stale\"}", "If-Match", held.tag());
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(412);
        var edited = send(recount, "PATCH", "/issues/1", "{\"version\": 1, \"title\": \"other\"}", "If-Match", "\"1\"");
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        // The same version, sequence and position as the lost ones.
        assertThat(header(edited, "Event-Position").replaceFirst("@.*", ""))
                .isEqualTo(held.position().replaceFirst("@.*", ""));
        await().atMost(LONG).untilAsserted(() -> {
            var read = send(recount, "GET", "/issues/1", null, "If-None-Match", held.tag());
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).contains("other");
            assertThat(header(read, "ETag")).isNotEqualTo(held.tag());
        });
        for (var address : new String[] {"/events?after=", "/issues?as_of=", "/issues/1/history?after="}) {
            var answer = send(recount, "GET", address + held.position(), null);
            assertThat(answer.statusCode()).as(address).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"other-log\"");
        }
        var stream = send(recount, "GET", "/events/stream", null, "Last-Event-ID", held.position());
        assertThat(stream.body()).contains("event: error\n").contains("\"code\":\"other-log\"");
        assertThat(send(recount, "GET", "/issues", null, "Min-Event-Position", held.position())
                        .body())
                .contains("\"code\":\"other-log\"");
        assertThat(send(recount, "GET", "/issues", null, "Min-Event-Position", header(edited, "Event-Position"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String suffix(Recount recount) throws Exception {
        var log = JSON.readTree(send(recount, "GET", "/audit/log", null).body());
        return log.path("suffix").asString();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> send(
            Recount recount, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var client = recount.client();
        var request = HttpRequest.newBuilder(client.address().resolve(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.http().send(request.build(), BodyHandlers.ofString());
    }

    private String backup() {
        return database.name() + "_backup";
    }

    /** Requires that nothing is connected to the database. */
    private void copy() throws SQLException {
        database.dataSource().close();
        onServer(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database.name() + "'",
                "CREATE DATABASE " + backup() + " TEMPLATE " + database.name());
    }

    /** Restores while connections may exist. */
    private void restore() throws SQLException {
        onServer(
                "DROP DATABASE " + database.name() + " WITH (FORCE)",
                "ALTER DATABASE " + backup() + " RENAME TO " + database.name());
    }

    private void onServer(String... statements) throws SQLException {
        var maintenance = database.url().replace("/" + database.name(), "/postgres");
        try (var connection = DriverManager.getConnection(maintenance, database.user(), database.password());
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
