package dev.recount.query.responses;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

class ReadConsistencyOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, "--recount.read.patience=1s");
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void stopProjections() {
        server.context().getBean("projectorLifecycle", SmartLifecycle.class).stop();
    }

    private long head() {
        return server.context().getBean(EventLog.class).head();
    }

    @Test
    void a_read_that_would_be_stale_is_refused_for_now_and_given_to_those_who_take_it() {
        server.append(Events.issue(NOON, 1, OPEN, null));
        assertThat(server.get("/issues").header("Preference-Applied")).isNull();
        stopProjections();
        server.append(Events.issue(NOON, 2, OPEN, null));
        var refused = server.get("/issues");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("projection-behind");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        var stale = server.get("/issues", "Prefer", "stale-ok");
        assertThat(stale.ids()).isEqualTo(List.of(1L));
        assertThat(stale.header("Preference-Applied")).isEqualTo("stale-ok");
    }

    @Test
    void a_lower_bound_is_kept_whatever_else_the_client_prefers() {
        server.append(Events.issue(NOON, 1, OPEN, null));
        var position = head();
        assertThat(server.get("/issues", "Min-Event-Position", Long.toString(position))
                        .ids())
                .isEqualTo(List.of(1L));
        var beyond = server.get("/issues", "Min-Event-Position", Long.toString(position + 1));
        assertThat(beyond.status()).isEqualTo(400);
        assertThat(beyond.code()).isEqualTo("position-beyond-log");
        stopProjections();
        server.append(Events.issue(NOON, 2, OPEN, null));
        assertThat(server.get("/issues", "Prefer", "stale-ok", "Min-Event-Position", Long.toString(position))
                        .ids())
                .isEqualTo(List.of(1L));
        var behind = server.get("/issues", "Prefer", "stale-ok", "Min-Event-Position", Long.toString(position + 1));
        assertThat(behind.status()).isEqualTo(503);
        assertThat(behind.code()).isEqualTo("projection-behind");
    }
}
