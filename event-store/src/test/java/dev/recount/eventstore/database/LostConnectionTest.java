package dev.recount.eventstore.database;

import static dev.recount.eventstore.testing.EventStoreNode.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.append.Append;
import dev.recount.eventstore.append.LogWriter;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LostConnectionTest {

    @Test
    void connections_killed_under_load_lose_nothing_and_double_nothing() throws Exception {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            // The pool may hand out, for half a second, a connection that was cut.
            DataSource uncut = new DriverManagerDataSource(database.url(), database.user(), database.password());
            JdbcClient sql = JdbcClient.create(uncut);
            List<Future<Boolean>> appends = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                int stream = i;
                appends.add(callers.submit(() -> appended(node, stream)));
                if (i % 300 == 299) {
                    // Gone while appends wait for the log's lock or for their commit.
                    cutAllConnections(database);
                    appends.getLast().get();
                }
            }
            List<String> acknowledged = new ArrayList<>();
            for (int i = 0; i < appends.size(); i++) {
                if (appends.get(i).get()) {
                    acknowledged.add("issue-" + i);
                }
            }
            List<String> stored = sql.sql("SELECT stream FROM event_log ORDER BY position")
                    .query(String.class)
                    .list();
            assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(sql.sql("SELECT position FROM event_log ORDER BY position")
                            .query(Long.class)
                            .list())
                    .isEqualTo(LongStream.rangeClosed(1, stored.size()).boxed().toList());
            assertThat(acknowledged).hasSizeGreaterThan(2_000);
            SealCheck.check(uncut);
        }
    }

    @Test
    void an_append_that_is_in_the_log_already_under_its_event_ids_counts_as_done() throws Exception {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource())) {
            var written = messages("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2));
            node.store().publish(written);
            RecountSerializer serializer = node.context().getBean(RecountSerializer.class);
            Append again = new Append(
                    written,
                    written.stream()
                            .map(message -> StoredEvent.of(message, serializer))
                            .toList());
            new LogWriter(database.dataSource()).appendUncontested(List.of(again), 1_000);
            assertThat(again.position()).isZero();
            assertThat(node.log().head()).isEqualTo(2);
        }
    }

    @Test
    void a_database_that_cannot_be_reached_is_said_so() {
        try (TestDatabase database = TestDatabase.fresh()) {
            Unplugged dataSource = new Unplugged(database.dataSource());
            try (EventStoreNode node = EventStoreNode.on(dataSource)) {
                dataSource.unplugged = true;
                assertThatThrownBy(() -> node.append("issue-1", 0, new IssueTouched(1, 1)))
                        .isInstanceOf(LogUnavailableException.class);
                assertThatThrownBy(() -> node.log().head()).isInstanceOf(LogUnavailableException.class);
                dataSource.unplugged = false;
                node.append("issue-1", 0, new IssueTouched(1, 1));
                assertThat(node.log().head()).isEqualTo(1);
            }
        }
    }

    /** A database whose plug can be pulled. */
    private static final class Unplugged extends DelegatingDataSource {

        private volatile boolean unplugged;

        Unplugged(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (unplugged) {
                throw new SQLTransientConnectionException("no connection");
            }
            return super.getConnection();
        }
    }

    private static void cutAllConnections(TestDatabase database) throws SQLException {
        try (Connection own = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = own.createStatement()) {
            statement.execute("""
                SELECT pg_terminate_backend(pid)
                FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """);
        }
    }

    private static boolean appended(EventStoreNode node, int stream) {
        try {
            node.append("issue-" + stream, 0, new IssueTouched(stream, 1));
            return true;
        } catch (LogUnavailableException e) {
            return false;
        }
    }
}
