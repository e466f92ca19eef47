package dev.recount.eventstore.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log that was written by a Recount without a tree. */
class SealExistingEventsTest {

    private static final int EVENTS = 41_003;

    private TestDatabase database;
    private JdbcClient sql;

    @BeforeEach
    void writeWithoutTree() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        Migrations.of(database.dataSource(), "event_store").target("3").load().migrate();
        sql.sql("""
            SELECT append_events(
                array_agg('issue-' || n), array_agg(0::bigint), array_agg(gen_random_uuid()), array_agg(text 'IssueTouched'),
                array_agg(1),
                array_agg('{"version": ' || n || ', "issueId": 10000000000000000, "é": [1.50, "\\u0007"]}'),
                array_agg('{"requestId": "r' || n || '", "actor": "3"}'),
                array_agg(TIMESTAMPTZ '2026-01-09 12:08:01.123456Z' + n * INTERVAL '1 second'))
            FROM generate_series(1, :events) AS n
            """).param("events", EVENTS).query(Long.class).single();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void is_sealed_as_it_is_and_goes_on() {
        try (EventStoreNode node = EventStoreNode.on(database.dataSource())) {
            assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(EVENTS);
            node.append("issue-0", 0, new IssueTouched(0, 1));
            assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(EVENTS + 1);
        }
        assertThatThrownBy(() -> sql.sql("DELETE FROM event_log").update())
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("event_log is append-only");
    }

    @Test
    void is_left_alone_where_an_event_is_missing() {
        sql.sql("ALTER TABLE event_log DISABLE TRIGGER ALL").update();
        sql.sql("DELETE FROM event_log WHERE position = 30000").update();
        assertThatThrownBy(() -> Migrations.migrate(database.dataSource(), "event_store"))
                .hasStackTraceContaining("position 30000");
        assertThat(sql.sql("SELECT count(*) FROM event_log WHERE leaf_hash IS NULL")
                        .query(Long.class)
                        .single())
                .isEqualTo(EVENTS - 1);
    }
}
