package dev.recount.query.admin;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log ends earlier than before, because events were deleted or only the log was restored. */
class AheadOfLogTest {

    private static final Instant AT = Instant.parse("2026-02-15T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> READS =
            List.of("/issues", "/issues/1", "/issues/3", "/issues/1/timeline", "/reports/workload", "/users");

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        server.append(Events.user(AT, 1, "alice"));
        for (var issue = 1; issue <= 3; issue++) {
            server.append(Events.issue(AT, issue, OPEN, 1L));
        }
        awaitLive();
        READS.forEach(read -> assertThat(server.get(read).status()).as(read).isEqualTo(200));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void awaitLive() {
        await().atMost(PATIENCE)
                .until(() -> server.get("/projections")
                        .json()
                        .valueStream()
                        .allMatch(
                                projection -> projection.get("state").asString().equals("live")
                                        && projection.get("lag_events").asLong() == 0));
    }

    /** The node writes nothing to a log that is shorter than it knows, until it has noticed that the log was set back. */
    private void appendOnceItIsNoticed(List<DomainEventMessage<?>> events) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(LogUnavailableException.class)
                .until(() -> {
                    server.append(events);
                    return true;
                });
    }

    private void deleteEventsAfter(long position) {
        JdbcClient.create(database.dataSource()).sql("""
            BEGIN;
            ALTER TABLE event_log DISABLE TRIGGER event_log_is_append_only;
            DELETE FROM event_log WHERE position > %d;
            ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_is_append_only;
            COMMIT
            """.formatted(position)).update();
    }

    private void restart() {
        server.close();
        server = QueryServer.on(database);
    }

    private void assertRefused() {
        for (var read : READS) {
            var answer = server.get(read);
            assertThat(answer.status()).as(read).isEqualTo(503);
            assertThat(answer.json().get("code").asString()).as(read).isEqualTo("projection-ahead");
            assertThat(answer.json().get("detail").asString()).contains("up to position 4 that the log does not have");
            assertThat(answer.header("Retry-After")).isNotNull();
        }
    }

    private void assertFailing() {
        var listed = server.get("/projections/issue-list").json();
        assertThat(listed.get("state").asString()).isEqualTo("failing");
        assertThat(listed.at("/failure/cause").asString())
                .contains("up to position 4")
                .contains("ended at position 2");
    }

    private void awaitNoted() {
        await().atMost(PATIENCE)
                .until(() -> JdbcClient.create(database.dataSource())
                        .sql("SELECT coalesce(bool_and(ahead_of = 2), false) FROM projection")
                        .query(Boolean.class)
                        .single());
    }

    private void rebuildAll() {
        for (var projection : server.get("/projections").json()) {
            var name = projection.get("name").asString();
            var run = server.send("POST", "/projections/" + name + "/rebuilds").header("Location");
            await().atMost(PATIENCE)
                    .until(() -> server.get(run).json().get("phase").asString().equals("done"));
        }
    }

    private void assertHealthyWithout(int gone) {
        awaitLive();
        READS.stream()
                .filter(read -> !read.equals("/issues/3"))
                .forEach(read -> assertThat(server.get(read).status()).as(read).isEqualTo(200));
        assertThat(server.get("/issues").ids()).doesNotContain((long) gone);
        assertThat(server.get("/issues/" + gone).status()).isEqualTo(404);
        assertThat(server.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void a_projection_that_is_ahead_of_the_log_is_failing_and_shows_its_rows_only_to_a_read_that_takes_what_is_there() {
        deleteEventsAfter(2);
        assertRefused();
        assertFailing();
        assertThat(server.get("/issues", "Prefer", "stale-ok").status()).isEqualTo(200);
        restart();
        assertRefused();
        assertFailing();
        assertThat(server.get("/issues", "Prefer", "stale-ok").status()).isEqualTo(200);
    }

    @Test
    void it_goes_on_failing_when_the_log_has_grown_beyond_it_again() {
        deleteEventsAfter(2);
        awaitNoted();
        for (var issue = 4; issue <= 9; issue++) {
            appendOnceItIsNoticed(Events.issue(AT, issue, OPEN, 1L));
        }
        assertRefused();
        assertFailing();
        restart();
        assertRefused();
        assertFailing();
    }

    @Test
    void it_is_found_out_at_the_start_though_the_log_has_grown_beyond_it_meanwhile() {
        server.close();
        deleteEventsAfter(2);
        try (var writer = EventStoreNode.on(database.dataSource())) {
            for (var issue = 4; issue <= 9; issue++) {
                writer.store().publish(Events.issue(AT, issue, OPEN, 1L));
            }
        }
        server = QueryServer.on(database);
        var answer = server.get("/issues");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").asString()).isEqualTo("projection-ahead");
        assertThat(server.get("/projections/issue-list").json().get("state").asString())
                .isEqualTo("failing");
    }

    @Test
    void a_rebuild_on_the_running_server_heals_it() {
        deleteEventsAfter(2);
        assertRefused();
        rebuildAll();
        assertHealthyWithout(3);
        appendOnceItIsNoticed(Events.issue(AT, 4, OPEN, 1L));
        assertThat(server.get("/issues").ids()).containsExactly(4L, 1L);
    }

    @Test
    void a_rebuild_after_the_log_has_grown_on_heals_it() {
        deleteEventsAfter(2);
        awaitNoted();
        for (var issue = 4; issue <= 9; issue++) {
            appendOnceItIsNoticed(Events.issue(AT, issue, OPEN, 1L));
        }
        rebuildAll();
        assertHealthyWithout(3);
        assertThat(server.get("/issues").ids()).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 1L);
    }
}
