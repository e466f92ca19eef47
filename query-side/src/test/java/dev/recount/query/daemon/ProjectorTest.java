package dev.recount.query.daemon;

import static dev.recount.query.daemon.EventLedger.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.consistency.PositionNotReachedException;
import dev.recount.query.daemon.TroubledDataSource.Trouble;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProjectorTest {

    private TestDatabase database;
    private EventStoreNode writer;
    private JdbcClient sql;
    private TroubledDataSource troubled;
    private int streams;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        writer = EventStoreNode.on(database.dataSource());
        sql = JdbcClient.create(database.dataSource());
        troubled = new TroubledDataSource(database.dataSource());
        EventLedger.createTable(sql);
        FailingLedger.FAILING.set(false);
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    private QueryNode ledgerNode() {
        return QueryNode.on(troubled, EventLedger.class);
    }

    /** Appends to streams of ten events each. */
    private void append(int events) {
        for (var left = events; left > 0; left -= 10) {
            var touched = IntStream.rangeClosed(1, Math.min(10, left))
                    .mapToObj(version -> new IssueTouched(streams, version))
                    .toArray();
            writer.append("issue-" + streams++, 0, touched);
        }
    }

    private long storedPosition() {
        return sql.sql("SELECT position FROM projection WHERE name = ?")
                .param(NAME)
                .query(Long.class)
                .single();
    }

    @Test
    void every_event_is_applied_once_and_in_order() {
        try (var node = ledgerNode()) {
            append(2_500);
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(2_500));
            assertThat(storedPosition()).isEqualTo(2_500);
        }
    }

    @Test
    void a_restarted_processor_goes_on_where_it_stood() {
        try (var node = ledgerNode()) {
            append(40);
            node.barrier().await(NAME);
        }
        append(30);
        try (var node = ledgerNode()) {
            append(30);
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(100));
        }
    }

    @Test
    void a_recounted_projection_ends_equal_and_goes_on() {
        try (var node = ledgerNode()) {
            append(1_200);
            node.barrier().await(NAME);
            sql.sql("DELETE FROM event_ledger WHERE position = 7").update();
            node.recount(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(1_200));
            node.recount(NAME);
            append(10);
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(1_210));
        }
    }

    @Test
    void a_commit_that_fails_leaves_neither_rows_nor_position() {
        try (var node = ledgerNode()) {
            append(10);
            node.barrier().await(NAME);
            sql.sql("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'refused at commit'; END $$;
                CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER INSERT ON event_ledger
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()
                """).update();
            append(10);
            await().until(() -> node.live(NAME).failure().isPresent());
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(10));
            assertThat(storedPosition()).isEqualTo(10);
            sql.sql("DROP TRIGGER refuse_at_commit ON event_ledger").update();
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(20));
        }
    }

    @Test
    void a_commit_that_is_broken_off_or_not_confirmed_skips_and_doubles_nothing() {
        try (var node = ledgerNode()) {
            append(10);
            node.barrier().await(NAME);
            for (var trouble : List.of(Trouble.ONE_COMMIT_FAILS, Trouble.ONE_COMMIT_IS_NOT_CONFIRMED)) {
                troubled.set(trouble);
                append(10);
                node.barrier().await(NAME);
                assertThat(troubled.trouble()).as("the trouble came").isEqualTo(Trouble.NONE);
                append(10);
                node.barrier().await(NAME);
            }
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(50));
        }
    }

    /** As after a crash of PostgreSQL: what was committed without waiting for the disk is gone, the log is not. */
    @Test
    void commits_that_a_crash_took_back_are_made_again_and_no_read_is_let_through_before() {
        try (var node = ledgerNode()) {
            append(50);
            node.barrier().await(NAME);
            sql.sql("""
                BEGIN;
                UPDATE projection
                SET position = 30, last_event = (SELECT event_id FROM event_log WHERE position = 30);
                DELETE FROM event_ledger WHERE position > 30;
                COMMIT
                """).update();
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(50));
        }
    }

    @Test
    void a_batch_that_cannot_be_applied_is_shown_tried_again_and_never_skipped() {
        try (var node = QueryNode.on(troubled, FailingLedger.class)) {
            append(1_000);
            node.barrier().await(NAME);
            assertThat(node.health().health().getStatus()).isEqualTo(Status.UP);
            FailingLedger.FAILING.set(true);
            append(100);
            await().until(() -> node.live(NAME).failure().isPresent());
            var failure = node.live(NAME).failure().orElseThrow();
            assertThat(failure.lastPosition()).isBetween(FailingLedger.FIRST_REFUSED, 1_100L);
            assertThat(failure.cause()).hasMessageContaining("the disk is full");
            assertThat(node.health().health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(node.health().health().getDetails().get(NAME).toString()).contains("the disk is full");
            assertThat(EventLedger.positions(sql)).doesNotContain(FailingLedger.FIRST_REFUSED);
            FailingLedger.FAILING.set(false);
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(1_100));
            // The barrier may have seen the commit in the database before this process knew of it.
            await().until(() -> node.live(NAME).failure().isEmpty());
            assertThat(node.health().health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void a_database_that_was_away_for_a_while_is_caught_up_with_in_seconds() {
        try (var node = ledgerNode()) {
            append(10);
            node.barrier().await(NAME);
            troubled.set(Trouble.DOWN);
            append(10);
            await().until(() -> node.live(NAME).failure().isPresent());
            assertThat(node.health().health().getStatus()).isEqualTo(Status.DOWN);
            troubled.set(Trouble.NONE);
            node.barrier(Duration.ofSeconds(7)).await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(20));
        }
    }

    @Test
    void memory_that_was_short_for_a_while_ends_no_thread() {
        try (var node = ledgerNode()) {
            append(10);
            node.barrier().await(NAME);
            troubled.set(Trouble.OUT_OF_MEMORY);
            append(10);
            await().until(() -> node.live(NAME).failure().isPresent());
            // For as long as it takes for the claims to be renewed once.
            await().pollDelay(ProjectionClaims.RENEWAL.plusSeconds(1)).until(() -> true);
            troubled.set(Trouble.NONE);
            append(10);
            node.barrier(Duration.ofSeconds(7)).await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(30));
        }
    }

    @Test
    void another_version_of_the_projection_goes_on_with_the_rows_there_are_until_it_is_rebuilt() {
        try (var node = ledgerNode()) {
            append(20);
            node.barrier().await(NAME);
        }
        sql.sql("UPDATE event_ledger SET stream = 'as the older version had it'")
                .update();
        try (var node = QueryNode.on(troubled, SecondLedger.class)) {
            append(10);
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(30));
            assertThat(rowsOfTheOlderVersion()).isEqualTo(20);
            node.recount(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(30));
            assertThat(rowsOfTheOlderVersion()).isZero();
        }
    }

    private long rowsOfTheOlderVersion() {
        return sql.sql("SELECT count(*) FROM event_ledger WHERE stream LIKE 'as the older%'")
                .query(Long.class)
                .single();
    }

    @Test
    void rows_of_a_later_version_are_left_to_the_nodes_that_know_it() {
        try (var node = ledgerNode()) {
            append(20);
            node.barrier().await(NAME);
            sql.sql("UPDATE projection SET version = 2").update();
            append(10);
            assertThatThrownBy(() -> node.barrier(Duration.ofMillis(300)).await(NAME))
                    .isInstanceOf(PositionNotReachedException.class);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(20));
            try (var newer = QueryNode.on(troubled, SecondLedger.class)) {
                node.stop();
                newer.barrier().await(NAME);
            }
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(30));
        }
    }

    @Test
    void what_is_new_on_a_long_log_is_not_counted_live_before_it_is_filled() {
        append(5_010);
        try (var node = ledgerNode()) {
            append(10);
            assertThatThrownBy(() -> node.barrier(Duration.ofMillis(300)).await(NAME))
                    .isInstanceOf(PositionNotReachedException.class);
            assertThat(EventLedger.positions(sql)).isEmpty();
            node.recount(NAME);
            append(10);
            node.barrier().await(NAME);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(5_030));
        }
    }

    @Test
    void plans_made_for_small_tables_are_made_anew_when_the_tables_have_grown() {
        try (var node = ledgerNode()) {
            append(600);
            node.barrier().await(NAME);
            await().until(() -> rowsThatPostgresExpects() >= 500);
            append(700);
            await().until(() -> rowsThatPostgresExpects() >= 1_000);
        }
    }

    private int rowsThatPostgresExpects() {
        return sql.sql("SELECT reltuples FROM pg_class WHERE relname = 'event_ledger'")
                .query(Integer.class)
                .single();
    }

    @Test
    void events_reach_a_projection_with_what_was_noted_beside_them() {
        try (var node = QueryNode.on(troubled, RememberingProjection.class)) {
            writer.append("issue-5", 0, new IssueTouched(5, 1), new IssueTouched(5, 2));
            node.barrier().await("remembering");
            var seen = node.log().context().getBean(RememberingProjection.class).seen;
            assertThat(seen).hasSize(2);
            assertThat(seen.getLast().position()).isEqualTo(2);
            assertThat(seen.getLast().stream()).isEqualTo("issue-5");
            assertThat(seen.getLast().sequence()).isEqualTo(1);
            assertThat(seen.getLast().event()).isEqualTo(new IssueTouched(5, 2));
            assertThat(seen.getLast().actor()).isNull();
            assertThat(seen.getLast().at())
                    .isEqualTo(
                            node.log().log().readStream("issue-5", 1).getFirst().getTimestamp());
        }
    }

    static final class SecondLedger extends EventLedger {
        @Override
        public int version() {
            return 2;
        }
    }

    /** Cannot write one event while it is set to fail; the event is not at fault. */
    static final class FailingLedger extends EventLedger {
        static final AtomicBoolean FAILING = new AtomicBoolean();
        static final long FIRST_REFUSED = 1_050;

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
            super.apply(batch, connection);
            if (FAILING.get() && batch.getLast().position() >= FIRST_REFUSED) {
                throw new SQLException("the disk is full", "53100");
            }
        }
    }

    static final class RememberingProjection implements Projection {
        final List<LoggedEvent> seen = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "remembering";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> tables() {
            return List.of("event_ledger");
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) {
            seen.addAll(batch);
        }
    }
}
