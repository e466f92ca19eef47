package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.projection.Transactions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProjectionStatusesTest {

    private final EventLedger ledger = new EventLedger();
    private TestDatabase database;
    private JdbcClient sql;
    private QueryNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        EventLedger.createTable(sql);
        node = QueryNode.on(database.dataSource(), EventLedger.class);
        node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2));
        node.barrier().await(EventLedger.NAME);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private ProjectionStatus status() {
        return new Transactions(database.dataSource())
                .run(connection -> ProjectionStatuses.read(connection, List.of(ledger)))
                .getFirst();
    }

    @Test
    void a_projection_that_a_node_brings_up_to_date_is_live() {
        var status = status();
        assertThat(status)
                .isEqualTo(new ProjectionStatus(
                        EventLedger.NAME,
                        ProjectionState.LIVE,
                        1,
                        1,
                        1,
                        2,
                        2,
                        0,
                        NodeName.here(),
                        null,
                        null,
                        0,
                        0,
                        status.updatedAt(),
                        status.tables()));
        assertThat(status.lagEvents()).isZero();
    }

    @Test
    void the_rows_are_estimated_by_what_was_written() {
        await().untilAsserted(() ->
                assertThat(status().tables()).containsExactly(new ProjectionStatus.Table("event_ledger", 2)));
        sql.sql("DROP TABLE event_ledger").update();
        assertThat(status().tables()).containsExactly(new ProjectionStatus.Table("event_ledger", 0));
    }

    @Test
    void the_lag_is_the_age_of_the_oldest_event_not_applied() {
        node.stop();
        sql.sql("""
            INSERT INTO event_log
            SELECT
                2 + n, 'issue-2', n - 1, gen_random_uuid(), 'IssueTouched', 0, '{}', '{}',
                now() - CASE n WHEN 1 THEN INTERVAL '1 hour' ELSE INTERVAL '1 day' END, sha256('unsealed')
            FROM generate_series(1, 2) AS n
            """).update();
        var status = status();
        assertThat(status.lagEvents()).isEqualTo(2);
        assertThat(status.lagSeconds()).isBetween(3_600.0, 3_700.0);
    }

    @Test
    void a_projection_without_a_node_is_unattended_whatever_its_last_claim_says() {
        node.stop();
        assertThat(status().state()).isEqualTo(ProjectionState.UNATTENDED);
        sql.sql("""
            INSERT INTO projection_claim (projection, node, node_name, claimed_until, failing_since, failure)
            VALUES (?, gen_random_uuid(), 'gone/1', now() - INTERVAL '1 second', now(), 'out of memory')
            """).param(EventLedger.NAME).update();
        assertThat(status().state()).isEqualTo(ProjectionState.UNATTENDED);
        assertThat(status().node()).isNull();
        assertThat(status().failure()).isNull();
    }

    @Test
    void a_projection_that_was_never_filled_is_filling() {
        sql.sql("UPDATE projection SET generation = 0").update();
        assertThat(status().state()).isEqualTo(ProjectionState.FILLING);
        sql.sql("DELETE FROM projection").update();
        assertThat(status().state()).isEqualTo(ProjectionState.FILLING);
        assertThat(status().storedVersion()).isNull();
        assertThat(status().lagEvents()).isEqualTo(2);
    }

    @Test
    void a_run_that_goes_on_is_named_and_is_rebuilding_unless_it_only_compares() {
        sql.sql("""
            INSERT INTO rebuild (kind, projections, node, phase, finished_at)
            VALUES
                ('rebuild', '{event-ledger}', 'here', 'done', now()),
                ('rebuild', '{other,event-ledger}', 'here', 'loading', NULL),
                ('rebuild', '{other}', 'here', 'loading', NULL)
            """).update();
        assertThat(status().rebuild()).isEqualTo(2);
        assertThat(status().state()).isEqualTo(ProjectionState.REBUILDING);
        sql.sql("UPDATE rebuild SET kind = 'verification'").update();
        assertThat(status().rebuild()).isEqualTo(2);
        assertThat(status().state()).isEqualTo(ProjectionState.LIVE);
        sql.sql("UPDATE rebuild SET finished_at = now()").update();
        assertThat(status().rebuild()).isNull();
    }

    @Test
    void the_code_s_version_and_that_of_the_rows_are_told_apart() {
        sql.sql("UPDATE projection SET version = 7").update();
        assertThat(status().version()).isEqualTo(1);
        assertThat(status().storedVersion()).isEqualTo(7);
    }

    @Test
    void a_failure_is_told_with_its_beginning_and_forgotten_when_it_is_over() {
        sql.sql("ALTER TABLE event_ledger RENAME TO elsewhere").update();
        node.append("issue-1", 2, new IssueTouched(1, 3));
        await().until(() -> status().state() == ProjectionState.FAILING);
        var failure = status().failure();
        assertThat(failure.cause()).contains("event_ledger");
        assertThat(failure.firstPosition()).isEqualTo(3);
        assertThat(failure.lastPosition()).isEqualTo(3);
        var since = node.live(EventLedger.NAME).failure().orElseThrow().since();
        var attempt = node.live(EventLedger.NAME).failure().orElseThrow();
        await().until(() -> node.live(EventLedger.NAME).failure().orElseThrow() != attempt);
        assertThat(node.live(EventLedger.NAME).failure().orElseThrow().since()).isEqualTo(since);
        sql.sql("ALTER TABLE elsewhere RENAME TO event_ledger").update();
        await().until(() -> status().state() == ProjectionState.LIVE);
        assertThat(status().failure()).isNull();
        assertThat(status().position()).isEqualTo(3);
    }
}
