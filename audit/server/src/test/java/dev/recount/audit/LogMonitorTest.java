package dev.recount.audit;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueStatus;
import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks what the service detects after its log was altered. */
class LogMonitorTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    @TempDir
    private Path directory;

    private TestDatabase database;
    private JdbcClient sql;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        server = serve();
        for (var id = 1; id <= 9; id++) {
            server.append(Events.issue(NOON, id, OPEN, null));
        }
    }

    private QueryServer serve() {
        return QueryServer.on(
                database,
                List.of(AuditConfiguration.class),
                "--recount.audit.key-file=" + directory.resolve("audit.key"),
                "--management.endpoint.health.show-details=always");
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void a_log_that_only_grows_is_sound() {
        server.getText("/audit/checkpoint");
        server.append(Events.issue(NOON, 10, OPEN, null));
        assertThat(server.getText("/audit/checkpoint").statusCode()).isEqualTo(200);
        assertThat(auditStatus()).isEqualTo("UP");
    }

    @Test
    void a_tail_that_was_cut_off_is_noticed_at_the_next_checkpoint_and_nothing_is_signed() {
        server.getText("/audit/checkpoint");
        tamper("DELETE FROM event_log WHERE position > 7");
        assertRefused("now it ends at position 7");
    }

    @Test
    void a_tail_that_was_cut_off_is_noticed_at_the_next_start() {
        server.getText("/audit/checkpoint");
        server.close();
        tamper("DELETE FROM event_log WHERE position > 7");
        server = serve();
        Awaitility.await().until(() -> auditStatus().equals("DOWN"));
        assertThat(server.get("/issues", "Prefer", "stale-ok").status()).isEqualTo(200);
    }

    @Test
    void a_history_that_was_written_anew_is_noticed() {
        server.getText("/audit/checkpoint");
        tamper("DELETE FROM event_log WHERE position > 4");
        for (var id = 14; id <= 20; id++) {
            var issue = id;
            // After the log was set back, the node appends nothing until it has detected that.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(LogUnavailableException.class)
                    .until(() -> {
                        server.append(Events.issue(NOON, issue, OPEN, null));
                        return true;
                    });
        }
        assertRefused("now their root hash is");
    }

    @Test
    void a_hole_below_a_subtree_does_not_go_unnoticed_where_it_holds_the_root() {
        server.getText("/audit/checkpoint");
        tamper("DELETE FROM event_log WHERE position = 8");
        assertRefused("no event at position 8");
    }

    private void assertRefused(String why) {
        var answer = server.get("/audit/checkpoint");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("log-tampered-with");
        assertThat(answer.json().get("detail").asString())
                .contains("which covers 9 events")
                .contains(why);
        assertThat(auditStatus()).isEqualTo("DOWN");
        assertThat(sql.sql("SELECT max(size) FROM checkpoint").query(Long.class).single())
                .isEqualTo(9);
    }

    @Test
    void checkpoints_are_signed_by_the_old_key_and_the_new_while_they_change() throws IOException {
        var file = directory.resolve("audit.key");
        var old = SigningKey.parse(Files.readString(file).strip());
        var next = SigningKey.generate("example.com/next");
        Files.writeString(file, next.text() + "\n" + old.text() + "\n");
        var vkeys = new String[] {next.verifier().text(), old.verifier().text()};
        assertThat(SignedNotes.signers(server.getText("/audit/checkpoint").body(), vkeys))
                .containsExactly(vkeys);
        assertThat(server.get("/audit/keys")
                        .json()
                        .valueStream()
                        .map(key -> key.get("vkey").asString()))
                .containsExactlyInAnyOrder(vkeys);
    }

    @Test
    void without_a_key_a_checkpoint_is_unavailable_and_proofs_are_not() throws IOException {
        Files.delete(directory.resolve("audit.key"));
        var answer = server.get("/audit/checkpoint");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("signing-key-unusable");
        assertThat(server.get("/audit/proofs/inclusion?position=1").status()).isEqualTo(200);
    }

    @Test
    void the_log_has_a_name_of_its_own_where_nobody_gave_it_one() {
        var origin =
                server.getText("/audit/checkpoint").body().lines().findFirst().orElseThrow();
        assertThat(origin)
                .isEqualTo("recount/"
                        + sql.sql("SELECT id FROM installation")
                                .query(String.class)
                                .single());
    }

    /** Alters the log with superuser rights. */
    private void tamper(String change) {
        sql.sql("ALTER TABLE event_log DISABLE TRIGGER ALL").update();
        sql.sql(change).update();
        sql.sql("ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_is_append_only")
                .update();
    }

    private String auditStatus() {
        return server.get("/actuator/health")
                .json()
                .path("components")
                .path("audit")
                .path("status")
                .asString("");
    }
}
