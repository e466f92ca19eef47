package dev.recount.eventstore.append;

import static dev.recount.eventstore.testing.EventStoreNode.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.SqlErrors;
import dev.recount.eventstore.database.UnknownOutcomeException;
import dev.recount.eventstore.scan.Migrations;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.tree.SealedRows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another session keeps the log's lock: that of a stalled node, or of another program. */
class StandstillTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For a machine that has much else to do. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private TestDatabase database;
    private HikariDataSource pool;
    private EventStoreNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        pool = database.nodePool();
        node = EventStoreNode.on(pool);
    }

    @AfterEach
    void stop() {
        node.close();
        pool.close();
        database.close();
    }

    @Test
    void a_node_that_stands_still_under_the_logs_lock_keeps_others_waiting_for_seconds_only() throws Exception {
        try (HikariDataSource others = database.nodePool();
                EventStoreNode other = EventStoreNode.on(others);
                Connection stopped = others.getConnection()) {
            stopped.setAutoCommit(false);
            execute(stopped, "SELECT lock_event_log()");
            Duration stall = timed(() -> append(1));
            System.out.printf("An append waited %d ms for a node that stood still under the lock%n", stall.toMillis());
            assertThat(stall).isLessThan(PATIENCE);
            assertThatThrownBy(() -> execute(stopped, "INSERT INTO event_log DEFAULT VALUES"))
                    .isInstanceOf(SQLException.class)
                    .satisfies(ended -> assertThat(SqlErrors.isUnavailable((SQLException) ended))
                            .isTrue());
            other.append("issue-2", 0, new IssueTouched(2, 1));
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(2);
    }

    @Test
    void a_node_that_stands_still_within_a_copy_keeps_others_waiting_for_seconds_only() throws Exception {
        try (HikariDataSource others = database.nodePool();
                EventStoreNode other = EventStoreNode.on(others);
                Connection stopped = others.getConnection()) {
            stopped.setAutoCommit(false);
            execute(stopped, "SELECT lock_event_log()");
            assertThatThrownBy(() -> {
                        try (SealedRows rows = new SealedRows(stopped)) {
                            Duration stall = timed(() -> append(1));
                            System.out.printf(
                                    "An append waited %d ms for a node that stood still within a COPY%n",
                                    stall.toMillis());
                            assertThat(stall).isLessThan(PATIENCE);
                            rows.end();
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(stopped::rollback).isInstanceOf(SQLException.class);
            other.append("issue-2", 0, new IssueTouched(2, 1));
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(2);
    }

    @Test
    void while_somebody_else_keeps_the_lock_every_append_fails_in_time_and_leaves_nothing() throws Exception {
        try (Connection holder = DriverManager.getConnection(database.url(), database.user(), database.password());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT lock_event_log()");
            List<Future<Duration>> stalls = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int issue = i;
                stalls.add(callers.submit(() -> timed(() -> assertThatThrownBy(() -> append(issue))
                        .isInstanceOf(LogUnavailableException.class)
                        .isNotInstanceOf(UnknownOutcomeException.class))));
            }
            for (Future<Duration> stall : stalls) {
                assertThat(stall.get())
                        .isBetween(
                                PATIENCE.minusSeconds(1),
                                PATIENCE.plusSeconds(1).plus(SLACK));
            }
            holder.rollback();
        }
        append(1);
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(1);
    }

    @Test
    void an_append_that_gets_the_lock_late_is_done() throws Exception {
        try (Connection holder = DriverManager.getConnection(database.url(), database.user(), database.password());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT lock_event_log()");
            List<Future<?>> appends = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                int issue = i;
                appends.add(callers.submit(() -> append(issue)));
            }
            execute(holder, "SELECT pg_sleep(2)");
            holder.rollback();
            for (Future<?> append : appends) {
                append.get();
            }
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(20);
    }

    @Test
    void a_large_append_waits_no_longer_than_a_small_one() throws Exception {
        try (Connection holder = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT lock_event_log()");
            Object[] many = new Object[300];
            Arrays.setAll(many, i -> new IssueTouched(1, i + 1L));
            Duration stall = timed(() -> assertThatThrownBy(() -> node.append("issue-1", 0, many))
                    .isInstanceOf(LogUnavailableException.class));
            assertThat(stall).isLessThan(PATIENCE.plusSeconds(1).plus(SLACK));
        }
    }

    @Test
    void a_migration_may_take_longer_than_a_transaction_may_be_idle() {
        assertThatCode(() -> Migrations.migrate(pool, "slow_test")).doesNotThrowAnyException();
    }

    @Test
    void the_operators_own_options_stay_and_win() throws Exception {
        try (HikariDataSource configured = database.nodePool()) {
            configured.setJdbcUrl(
                    database.url() + "?options=-c%20lock_timeout%3D7s%20-c%20work_mem%3D9MB&tcpNoDelay=true");
            try (EventStoreNode other = EventStoreNode.on(configured);
                    Connection session = configured.getConnection()) {
                assertThat(other.log().head()).isZero();
                assertThat(setting(session, "lock_timeout")).isEqualTo("7s");
                assertThat(setting(session, "work_mem")).isEqualTo("9MB");
                assertThat(setting(session, "idle_in_transaction_session_timeout"))
                        .isEqualTo("2500ms");
            }
        }
    }

    private void append(int issue) {
        node.store().publish(messages("issue-" + issue, 0, new IssueTouched(issue, 1)));
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Deed {
        void happen() throws Exception;
    }

    private static Duration timed(Deed deed) throws Exception {
        long began = System.nanoTime();
        deed.happen();
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
