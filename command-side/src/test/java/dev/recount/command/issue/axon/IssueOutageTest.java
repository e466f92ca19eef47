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
import dev.recount.command.testing.Outage;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.database.LogUnavailableException;
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

/** Takes the database away from a running node and gives it back. */
class IssueOutageTest {

    private TestDatabase database;
    private Outage outage;
    private HikariDataSource pool;
    private Node node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        outage = new Outage(database);
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
        node.close();
        pool.close();
        outage.close();
        database.close();
    }

    @Test
    void commands_fail_while_it_is_away_and_work_again_when_it_is_back() {
        outage.begin();
        assertThatThrownBy(() -> node.tell(retitle("Freeze"))).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> node.tell(new ChangeStatus(8, IssueStatus.CLOSED, null)))
                .isInstanceOf(LogUnavailableException.class);
        outage.end();
        awaitPool();
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
            outage.awaitHeldAppend();
            outage.begin();
            assertThatThrownBy(edit::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LogUnavailableException.class);
        }
        outage.end();
        awaitPool();
        assertThat(node.log().readStream("issue-7", 0)).hasSize(1);
        assertThat(node.done(retitle("Freeze")).version()).isEqualTo(2);
    }

    private static EditIssue retitle(String title) {
        return new EditIssue(7, title, null, null, null, 1, IfMatch.ANY);
    }

    private void awaitPool() {
        // The pool does not validate connections that were used in the last half second.
        pool.getHikariPoolMXBean().softEvictConnections();
        // The pool pauses between its attempts.
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            pool.getConnection().close();
            return true;
        });
    }
}
