package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.bulk.BatchOutcome.AllDone;
import dev.recount.command.bulk.BatchOutcome.NoneDone;
import dev.recount.command.bulk.IssueBatch;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.testing.Node;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Runs a batch on many issues, with and without them in this node's cache. */
class IssueBatchTest {

    private static final int ISSUES = 60;

    private TestDatabase database;
    private CountedDataSource counted;
    private Node here;
    private Node elsewhere;

    /** Counts connections: each statement on the log takes its own. */
    private static final class CountedDataSource extends DelegatingDataSource {

        private final AtomicInteger statements = new AtomicInteger();

        CountedDataSource(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            statements.incrementAndGet();
            return super.getConnection();
        }

        int during(Runnable work) {
            int before = statements.get();
            work.run();
            return statements.get() - before;
        }
    }

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        counted = new CountedDataSource(database.dataSource());
        elsewhere = Node.on(database.dataSource(), Map.of("recount.snapshot-threshold", 5));
        here = Node.on(counted);
        elsewhere.tell(batch(id -> new CreateIssue(id, "Issue " + id, "", OPEN, null)));
    }

    @AfterEach
    void stop() {
        here.close();
        elsewhere.close();
        database.close();
    }

    @Test
    void issues_that_are_not_cached_are_read_with_one_statement() {
        int statements =
                counted.during(() -> assertThat(here.tell(change(CLOSED))).isInstanceOf(AllDone.class));
        // One to read and one to append. The others are the node's periodic statements.
        assertThat(statements).isLessThan(12);
        assertThat(versions(elsewhere)).containsOnly(3L);
    }

    @Test
    void what_another_node_did_to_cached_issues_is_found_out_by_the_append() {
        here.tell(change(CLOSED));
        elsewhere.tell(change(RESOLVED));
        int statements = counted.during(() -> assertThat(versions(here)).containsOnly(4L));
        assertThat(statements).isLessThan(12);
    }

    @Test
    void a_refusal_from_the_cache_is_compared_with_the_log_at_once() {
        here.tell(change(CLOSED));
        IssueBatch unknown = batch(id -> new ChangeStatus(id == 7 ? 4711 : id, OPEN, null));
        int statements = counted.during(() -> assertThat(here.tell(unknown))
                .isEqualTo(new NoneDone(new TreeMap<>(Map.of(6, new UnknownIssue(4711))))));
        assertThat(statements).isLessThan(12);
    }

    @Test
    void a_refusal_is_never_given_for_what_is_no_longer_so() {
        here.tell(change(CLOSED));
        elsewhere.tell(change(RESOLVED));
        assertThat(here.tell(batch(id -> new ChangeStatus(id, OPEN, 3L)))).isInstanceOf(AllDone.class);
        elsewhere.done(new ChangeStatus(7, CLOSED, null));
        assertThat(here.tell(batch(id -> new ChangeStatus(id, RESOLVED, 4L))))
                .isEqualTo(new NoneDone(new TreeMap<>(Map.of(6, new StaleVersion(7, 4, 5)))));
    }

    @Test
    void issues_with_snapshots_come_to_the_same() {
        for (int comment = 1; comment <= 12; comment++) {
            elsewhere.done(new CommentOnIssue(7, comment, 1, "admin", "Seen " + comment));
        }
        elsewhere.done(new ChangeStatus(7, CLOSED, null));
        AllDone done = (AllDone) here.tell(change(RESOLVED));
        assertThat(done.outcomes().get(6).state().version()).isEqualTo(3);
        assertThat(done.outcomes().get(6).sequence()).isEqualTo(14);
        assertThat(done.outcomes().get(7).sequence()).isEqualTo(1);
    }

    private static IssueBatch change(IssueStatus status) {
        return batch(id -> new ChangeStatus(id, status, null));
    }

    private static IssueBatch batch(LongFunction<IssueCommand> command) {
        return new IssueBatch(
                LongStream.rangeClosed(1, ISSUES).mapToObj(command).toList());
    }

    /** The versions of all issues after one more change. */
    private static List<Long> versions(Node node) {
        AllDone done = (AllDone) node.tell(change(OPEN));
        return done.outcomes().stream().map(issue -> issue.state().version()).toList();
    }
}
