package dev.recount.query.daemon;

import static dev.recount.query.daemon.EventLedger.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.projection.LoggedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node stands still within a transaction of its projections; another one has the same projections. */
class StandstillTest {

    private static final Duration BOUND = Duration.ofSeconds(5);
    /** For a machine that has much else to do. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    /** The same ledger under another name. */
    static final class OtherLedger extends EventLedger {

        static final String OTHER = "other-ledger";

        @Override
        public String name() {
            return OTHER;
        }

        @Override
        public List<String> tables() {
            return List.of("other_ledger");
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
            try (var insert = connection.prepareStatement("INSERT INTO other_ledger VALUES (?, ?)")) {
                for (var logged : batch) {
                    insert.setLong(1, logged.position());
                    insert.setString(2, logged.stream());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private TestDatabase database;
    private EventStoreNode writer;
    private HikariDataSource pool;
    private HikariDataSource stopped;
    private JdbcClient sql;
    private long written;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        writer = EventStoreNode.on(database.dataSource());
        pool = database.nodePool();
        stopped = database.nodePool();
        // Only for notifications to its sessions.
        EventStoreNode.on(stopped).close();
        sql = JdbcClient.create(database.dataSource());
        EventLedger.createTable(sql);
        sql.sql("CREATE TABLE other_ledger (position bigint PRIMARY KEY, stream text NOT NULL)")
                .update();
    }

    @AfterEach
    void stop() {
        pool.close();
        stopped.close();
        writer.close();
        database.close();
    }

    private void append() {
        written++;
        writer.append("issue-" + written, 0, new IssueTouched(written, 1));
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private void assertReadable(QueryNode node, String where) {
        var began = System.nanoTime();
        append();
        node.barrier().await(NAME);
        var stall = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf("A read waited %d ms for a node that stood still %s%n", stall.toMillis(), where);
        assertThat(stall).isLessThan(BOUND.plus(SLACK));
        assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(written));
    }

    @Test
    void a_projection_whose_row_is_held_holds_up_no_other() throws Exception {
        try (var node = QueryNode.on(pool, EventLedger.class, OtherLedger.class);
                var holder = database.dataSource().getConnection()) {
            append();
            node.barrier().await(NAME);
            node.barrier().await(OtherLedger.OTHER);
            holder.setAutoCommit(false);
            execute(holder, "SELECT FROM projection WHERE name = 'other-ledger' FOR UPDATE");
            for (var turn = 0; turn < 5; turn++) {
                append();
                node.barrier().await(NAME);
            }
            assertThat(sql.sql("SELECT max(position) FROM other_ledger")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            holder.rollback();
            node.barrier().await(OtherLedger.OTHER);
        }
    }

    @Test
    void a_table_that_is_locked_holds_up_no_other_projection_for_long() throws Exception {
        try (var node = QueryNode.on(pool, EventLedger.class, OtherLedger.class);
                var holder = database.dataSource().getConnection()) {
            append();
            node.barrier().await(NAME);
            node.barrier().await(OtherLedger.OTHER);
            holder.setAutoCommit(false);
            execute(holder, "LOCK TABLE other_ledger IN ACCESS EXCLUSIVE MODE");
            assertReadable(node, "beside a projection whose table is locked");
            assertReadable(node, "beside a projection whose table is locked");
            holder.rollback();
            node.barrier().await(OtherLedger.OTHER);
            assertThat(node.deadLetters().list(OtherLedger.OTHER, 0, 10)).isEmpty();
        }
    }

    @Test
    void a_node_that_stands_still_within_its_batch_is_relieved() throws Exception {
        try (var node = QueryNode.on(pool, EventLedger.class);
                var still = stopped.getConnection()) {
            append();
            node.barrier().await(NAME);
            still.setAutoCommit(false);
            execute(still, "UPDATE projection SET position = position + 1 WHERE name = 'event-ledger'");
            assertReadable(node, "within a batch");
            assertThatThrownBy(() -> execute(still, "INSERT INTO event_ledger VALUES (2, 'issue-2')"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_node_that_stands_still_within_a_copy_of_its_batch_is_relieved() throws Exception {
        try (var node = QueryNode.on(pool, EventLedger.class);
                var still = stopped.getConnection()) {
            append();
            node.barrier().await(NAME);
            still.setAutoCommit(false);
            execute(still, "UPDATE projection SET position = position + 1 WHERE name = 'event-ledger'");
            var copy = still.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY event_ledger FROM STDIN");
            assertReadable(node, "within a COPY");
            assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
            if (copy.isActive()) {
                assertThatThrownBy(copy::cancelCopy).isInstanceOf(SQLException.class);
            }
            assertThatThrownBy(still::rollback).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_node_that_stands_still_while_it_renews_its_claims_is_relieved() throws Exception {
        try (var still = stopped.getConnection()) {
            QueryNode.on(pool, EventLedger.class).close();
            sql.sql("""
                INSERT INTO projection_claim (projection, node, node_name, claimed_until)
                VALUES ('event-ledger', gen_random_uuid(), 'still', now() + INTERVAL '2250 milliseconds')
                """).update();
            still.setAutoCommit(false);
            execute(still, "UPDATE projection_claim SET claimed_until = now() + INTERVAL '2250 milliseconds'");
            try (var successors = database.nodePool();
                    var node = QueryNode.on(successors, EventLedger.class)) {
                assertReadable(node, "while it renewed its claims");
                assertThatThrownBy(still::commit).isInstanceOf(SQLException.class);
                assertThat(node.holds(NAME)).isTrue();
            }
        }
    }

    @Test
    void a_node_goes_on_while_its_own_claims_cannot_be_renewed() throws Exception {
        try (var node = QueryNode.on(pool, EventLedger.class);
                var holder = database.dataSource().getConnection()) {
            append();
            node.barrier().await(NAME);
            holder.setAutoCommit(false);
            execute(holder, "SELECT FROM projection_claim FOR UPDATE");
            var until =
                    System.nanoTime() + ProjectionClaims.RENEWAL.multipliedBy(2).toNanos();
            await().until(() -> System.nanoTime() > until);
            assertThat(node.holds(NAME)).isTrue();
            assertReadable(node, "beside this one's claims");
            holder.rollback();
        }
    }
}
