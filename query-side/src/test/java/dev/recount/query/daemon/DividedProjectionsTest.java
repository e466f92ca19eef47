package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes that divide the projections among them. */
class DividedProjectionsTest {

    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(15);

    private TestDatabase database;
    private EventStoreNode writer;
    private JdbcClient sql;
    private final AtomicLong written = new AtomicLong();

    /** A node in a process of its own, which ends when it meets the last straw. */
    static final class Doomed {

        private Doomed() {}

        public static void main(String[] arguments) throws Exception {
            try (var dataSource = new HikariDataSource()) {
                dataSource.setJdbcUrl(arguments[0]);
                dataSource.setUsername(arguments[1]);
                dataSource.setPassword(arguments[2]);
                try (var _ = QueryNode.on(dataSource, Ledgers.Halting.class)) {
                    Thread.currentThread().join();
                }
            }
        }
    }

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        writer = EventStoreNode.on(database.dataSource());
        sql = JdbcClient.create(database.dataSource());
        Ledgers.createTables(sql);
    }

    @AfterEach
    void stop() {
        writer.close();
        database.close();
    }

    private QueryNode node() {
        return QueryNode.on(database.dataSource(), Ledgers.Lasting.class);
    }

    private void append() {
        append(written.incrementAndGet());
    }

    private void append(long issue) {
        writer.append("issue-" + issue, 0, new IssueTouched(issue, 1));
    }

    private static List<Long> held(QueryNode... nodes) {
        return Stream.of(nodes)
                .map(node -> Ledgers.names().stream().filter(node::holds).count())
                .toList();
    }

    private static void awaitShares(List<Long> shares, QueryNode... nodes) {
        await().atMost(A_FEW_SECONDS).until(() -> held(nodes).equals(shares));
    }

    @Test
    void one_node_has_all_and_each_that_joins_gets_its_share() {
        try (var first = node()) {
            assertThat(held(first)).containsExactly(6L);
            try (var second = node()) {
                awaitShares(List.of(3L, 3L), first, second);
                try (var third = node()) {
                    awaitShares(List.of(2L, 2L, 2L), first, second, third);
                }
                awaitShares(List.of(3L, 3L), first, second);
            }
            awaitShares(List.of(6L), first);
        }
    }

    @Test
    void what_one_node_holds_is_applied_in_one_transaction_and_read_on_any() {
        try (var first = node();
                var second = node()) {
            awaitShares(List.of(3L, 3L), first, second);
            for (var round = 1; round <= 5; round++) {
                append();
                for (var name : Ledgers.names()) {
                    first.barrier().await(name);
                    second.barrier().await(name);
                }
            }
            var transactions = Ledgers.numbers().stream()
                    .map(number -> sql.sql("SELECT xid::text FROM ledger_%d ORDER BY position".formatted(number))
                            .query(String.class)
                            .list())
                    .toList();
            for (var position = 0; position < 5; position++) {
                var at = position;
                assertThat(transactions.stream().map(ledger -> ledger.get(at)).distinct())
                        .hasSize(2);
            }
        }
    }

    @Test
    void writes_go_on_while_nodes_come_and_go_and_every_ledger_has_every_event_once() throws Exception {
        var loading = new AtomicBoolean(true);
        try (var first = node();
                var load = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = load.submit(() -> {
                while (loading.get()) {
                    append();
                }
            });
            for (var round = 0; round < 2; round++) {
                try (var second = node()) {
                    awaitShares(List.of(3L, 3L), first, second);
                }
                awaitShares(List.of(6L), first);
            }
            loading.set(false);
            done.get();
            assertEveryLedgerIsComplete(first, written.get());
        }
    }

    @Test
    void of_a_node_that_is_killed_in_the_middle_of_a_batch_the_other_takes_over_everything() throws Exception {
        var loading = new AtomicBoolean(true);
        try (var survivor = node();
                var load = Executors.newVirtualThreadPerTaskExecutor()) {
            var doomed = startDoomed();
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> held(survivor).equals(List.of(3L)));
                var done = load.submit(() -> {
                    while (loading.get()) {
                        append();
                    }
                });
                await().atMost(A_FEW_SECONDS).until(() -> nodesAtWork() == 2);
                append(Ledgers.LAST_STRAW);
                assertThat(doomed.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(doomed.exitValue()).isEqualTo(9);
                awaitShares(List.of(6L), survivor);
                loading.set(false);
                done.get();
                assertEveryLedgerIsComplete(survivor, written.get() + 1);
            } finally {
                loading.set(false);
                doomed.destroyForcibly();
            }
        }
    }

    private int nodesAtWork() {
        return sql.sql(Ledgers.numbers().stream()
                        .map("SELECT node FROM ledger_%d"::formatted)
                        .reduce((one, other) -> one + " UNION " + other)
                        .map("SELECT count(*) FROM (%s) AS nodes"::formatted)
                        .orElseThrow())
                .query(Integer.class)
                .single();
    }

    private void assertEveryLedgerIsComplete(QueryNode reader, long events) {
        Ledgers.names().forEach(name -> reader.barrier().await(name));
        for (var number : Ledgers.numbers()) {
            assertThat(Ledgers.positions(sql, number))
                    .as("ledger %d", number)
                    .isEqualTo(LongStream.rangeClosed(1, events).boxed().toList());
        }
    }

    private Process startDoomed() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Daxoniq.update-checker.disabled=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        database.url(),
                        database.user(),
                        database.password())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.INHERIT)
                .start();
    }
}
