package dev.recount.eventstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.read.LogSignal;
import dev.recount.eventstore.testing.DatabaseLine;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.TestServer;
import dev.recount.eventstore.testing.Thoroughness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database's machine freezes under the feet of a node. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SilentDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The product's own margin is a second; a machine that builds something else at the same time needs more. */
    private static final Duration BOUND = PATIENCE.plusSeconds(Thoroughness.rounds(5, 1));

    private TestDatabase database;
    private DatabaseLine line;
    private HikariDataSource pool;
    private EventStoreNode node;
    private ExecutorService callers;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        line = DatabaseLine.to(TestServer.shared());
        pool = new HikariDataSource();
        pool.setJdbcUrl(line.url(database));
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(5);
        node = EventStoreNode.patient(PATIENCE, pool);
        node.append("issue-1", 0, new IssueTouched(1, 1));
        callers = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() {
        line.goOn();
        callers.close();
        node.close();
        pool.close();
        line.close();
        database.close();
    }

    @Test
    void reads_and_writes_end_within_the_patience_while_the_database_is_silent() throws Exception {
        List<Future<Duration>> calls = new ArrayList<>();
        line.fallSilent();
        for (int round = 0; round < 4; round++) {
            // More than there are connections, some before it is known that nothing answers, and some afterwards.
            for (int call = 0; call < 10; call++) {
                int stream = 100 * round + call + 2;
                calls.add(callers.submit(() -> timeOfFailure(() -> {
                    node.append("issue-" + stream, 0, new IssueTouched(stream, 1));
                    return stream;
                })));
                calls.add(callers.submit(() -> timeOfFailure(() -> node.log().head())));
            }
            calls.getLast().get();
        }
        Duration longest = Duration.ZERO;
        for (Future<Duration> call : calls) {
            longest = longest.compareTo(call.get()) > 0 ? longest : call.get();
        }
        System.out.printf("Longest answer beside a silent database: %d ms%n", longest.toMillis());
        assertThat(longest).isLessThan(BOUND);
    }

    @Test
    void a_database_that_answers_again_is_used_at_once() throws Exception {
        line.fallSilent();
        assertThat(callers.submit(() -> timeOfFailure(() -> node.log().head())).get())
                .isLessThan(BOUND);
        long begin = System.nanoTime();
        line.goOn();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> node.log().head() >= 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
        node.append("issue-1", 1, new IssueTouched(1, 2));
    }

    @Test
    void a_silence_that_is_shorter_than_the_patience_is_waited_for() throws Exception {
        line.fallSilent();
        Future<Long> head = callers.submit(() -> node.log().head());
        CompletableFuture.delayedExecutor(PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS)
                .execute(line::goOn);
        assertThat(head.get()).isEqualTo(1);
    }

    @Test
    void a_long_statement_is_no_silence() throws Exception {
        try (var connection = node.context().getBean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT pg_sleep(%d)".formatted(2 * PATIENCE.toSeconds())))
                    .isTrue();
        }
    }

    @Test
    void what_others_append_is_heard_again_after_a_silence() throws Exception {
        LogSignal signal = node.context().getBean(LogSignal.class);
        line.fallSilent();
        timeOfFailure(() -> node.log().head());
        line.goOn();
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            other.append("issue-2", 0, new IssueTouched(2, 1));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> signal.knownHead() == 2);
        }
    }

    @Test
    void an_outage_is_two_lines_in_the_log(CapturedOutput output) throws Exception {
        line.fallSilent();
        for (int attempt = 0; attempt < 10; attempt++) {
            timeOfFailure(() -> node.log().head());
        }
        line.goOn();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> output.getAll().contains("answers again"));
        assertThat(output.getAll().lines().filter(text -> text.contains("WARN") || text.contains("ERROR")))
                .hasSize(2)
                .anyMatch(text -> text.contains("The database does not answer"))
                .anyMatch(text -> text.contains("The database answers again after"));
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    @Test
    void a_server_that_takes_no_writes_is_unavailable_and_its_connections_are_dropped() {
        JdbcClient administrator = JdbcClient.create(database.dataSource());
        administrator
                .sql("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(database.name()))
                .update();
        WatchedPool.evictAll(pool);
        assertThatThrownBy(() -> node.append("issue-2", 0, new IssueTouched(2, 1)))
                .isInstanceOf(LogUnavailableException.class);
        administrator
                .sql("ALTER DATABASE %s RESET default_transaction_read_only".formatted(database.name()))
                .update();
        node.append("issue-3", 0, new IssueTouched(3, 1));
        assertThat(node.log().head()).isEqualTo(2);
    }

    private static Duration timeOfFailure(Callable<?> call) throws Exception {
        long begin = System.nanoTime();
        try {
            Object unexpected = call.call();
            throw new AssertionError("a silent database has answered " + unexpected);
        } catch (LogUnavailableException expected) {
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }
}
