package dev.recount.query.daemon;

import static dev.recount.query.daemon.EventLedger.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.consistency.PositionNotReachedException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TwoNodesTest {

    private static final int CONNECTIONS = 6;
    private static final Duration SHORT = Duration.ofMillis(300);

    private TestDatabase database;
    private EventStoreNode writer;
    private JdbcClient sql;
    private final AtomicLong written = new AtomicLong();

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        writer = EventStoreNode.on(database.dataSource());
        sql = JdbcClient.create(database.dataSource());
        EventLedger.createTable(sql);
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    /** A node with connections of its own, that can be taken away from it. */
    private record Node(QueryNode query, HikariDataSource connections) implements AutoCloseable {

        /** Nothing that the node does reaches the database any more, not even giving back its claim. */
        void kill() {
            connections.close();
        }

        @Override
        public void close() {
            query.close();
            connections.close();
        }
    }

    private Node node() {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(database.url());
        connections.setUsername(database.user());
        connections.setPassword(database.password());
        connections.setMaximumPoolSize(CONNECTIONS);
        return new Node(QueryNode.on(connections, EventLedger.class), connections);
    }

    private void append() {
        var issue = written.incrementAndGet();
        writer.append("issue-" + issue, 0, new IssueTouched(issue, 1));
    }

    private void assertEachEventIsAppliedOnce() {
        assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(written.get()));
    }

    @Test
    void a_read_on_the_node_that_does_not_run_the_projection_sees_writes_too() {
        try (var owner = node();
                var other = node()) {
            for (var i = 0; i < 50; i++) {
                append();
                other.query().barrier().await(NAME);
                assertThat(EventLedger.positions(sql)).hasSize((int) written.get());
            }
            owner.query().barrier().await(NAME);
            assertEachEventIsAppliedOnce();
        }
    }

    @Test
    void a_node_that_stops_hands_over_at_once() {
        try (var other = node()) {
            try (var owner = node()) {
                append();
                owner.query().barrier().await(NAME);
            }
            append();
            other.query().barrier().await(NAME);
            assertEachEventIsAppliedOnce();
        }
    }

    @Test
    void when_the_node_that_works_is_killed_under_load_the_other_takes_over_while_reads_wait() throws Exception {
        var loading = new AtomicBoolean(true);
        try (var first = node();
                var load = Executors.newVirtualThreadPerTaskExecutor()) {
            append();
            first.query().barrier().await(NAME);
            try (var second = node()) {
                var done = load.submit(() -> {
                    while (loading.get()) {
                        append();
                    }
                });
                await().until(() -> EventLedger.positions(sql).size() > 100);
                first.kill();
                second.query().barrier().await(NAME);
                var applied = EventLedger.positions(sql).size();
                await().until(() -> EventLedger.positions(sql).size() > applied);
                loading.set(false);
                done.get();
                second.query().barrier().await(NAME);
                assertEachEventIsAppliedOnce();
            }
        }
    }

    /** The other node is in the middle of it when this one comes by. */
    @Test
    void nodes_that_start_at_once_register_a_projection_together() throws Exception {
        node().close();
        sql.sql("DELETE FROM projection").update();
        try (var other = database.dataSource().getConnection();
                var statement = other.createStatement();
                var starts = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO projection VALUES ('event-ledger', 1, 1, 0, now())");
            var starting = starts.submit(this::node);
            await().until(() -> sql.sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .query(Integer.class)
                            .single()
                    > 0);
            other.commit();
            try (var node = starting.get()) {
                append();
                node.query().barrier().await(NAME);
                assertEachEventIsAppliedOnce();
            }
        }
    }

    @Test
    void a_node_that_lost_its_claim_while_it_slept_applies_nothing_twice() {
        try (var first = node()) {
            append();
            first.query().barrier().await(NAME);
            sql.sql("UPDATE projection_claim SET node = gen_random_uuid(), claimed_until = '2999-01-01'")
                    .update();
            await().until(() -> !first.query().holds(NAME));
            append();
            assertThatThrownBy(() -> first.query().barrier(SHORT).await(NAME))
                    .isInstanceOf(PositionNotReachedException.class);
            assertThat(EventLedger.positions(sql)).isEqualTo(EventLedger.allUpTo(1));
            sql.sql("DELETE FROM projection_claim").update();
            first.query().barrier().await(NAME);
            assertEachEventIsAppliedOnce();
        }
    }
}
