package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.testing.Node;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.LogUnavailableException;
import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database goes away under the feet of a node, and comes back. */
class IssueOutageTest {

    private TestDatabase database;
    private TestDatabase elsewhere;
    private JdbcClient administrator;
    private HikariDataSource pool;
    private Node node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        elsewhere = TestDatabase.fresh();
        administrator = JdbcClient.create(elsewhere.dataSource());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(5);
        config.setConnectionTimeout(Duration.ofMillis(500).toMillis());
        pool = new HikariDataSource(config);
        node = Node.on(pool);
        node.done(new CreateIssue(7, "Crash", "", OPEN, null));
    }

    @AfterEach
    void stop() {
        comeBack();
        node.close();
        pool.close();
        database.close();
        elsewhere.close();
    }

    @Test
    void commands_fail_while_it_is_away_and_work_again_when_it_is_back() {
        goAway();
        assertThatThrownBy(() -> node.tell(retitle("Freeze"))).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> node.tell(new ChangeStatus(8, IssueStatus.CLOSED, null)))
                .isInstanceOf(LogUnavailableException.class);
        comeBack();
        assertThat(node.done(retitle("Freeze")).version()).isEqualTo(2);
    }

    @Test
    void an_append_that_is_cut_off_is_unknown_to_the_caller_but_never_half_done() throws Exception {
        try (Connection holder = DriverManager.getConnection(database.url(), database.user(), database.password());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT lock_event_log()");
            Future<?> edit = threads.submit(
                    () -> node.tell(new EditIssue(7, "Freeze", "It freezes.", null, null, 1, IfMatch.ANY)));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::someoneWaitsForTheLock);
            goAway();
            assertThatThrownBy(edit::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LogUnavailableException.class);
        }
        comeBack();
        assertThat(node.log().readStream("issue-7", 0)).hasSize(1);
        assertThat(node.done(retitle("Freeze")).version()).isEqualTo(2);
    }

    private static EditIssue retitle(String title) {
        return new EditIssue(7, title, null, null, null, 1, IfMatch.ANY);
    }

    private boolean someoneWaitsForTheLock() {
        return administrator
                .sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = :name AND wait_event = 'advisory')")
                .param("name", database.name())
                .query(Boolean.class)
                .single();
    }

    private void goAway() {
        administrator
                .sql("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS false")
                .update();
        administrator
                .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
                .param("name", database.name())
                .query(Boolean.class)
                .list();
    }

    private void comeBack() {
        administrator
                .sql("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS true")
                .update();
        // The pool takes breath between its attempts.
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            pool.getConnection().close();
            return true;
        });
    }
}
