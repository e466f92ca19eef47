package dev.recount.eventstore.append;

import static dev.recount.eventstore.testing.EventStoreNode.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class AppendTest {

    private TestDatabase database;
    private EventStoreNode node;
    private JdbcClient sql;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource());
        sql = JdbcClient.create(database.dataSource());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void an_append_reports_where_it_ended_up() {
        AppendReceipt receipt = new AppendReceipt();
        AppendReceipt.collect(receipt, () -> {
            node.append("issue-1", 0, touched(1), touched(2));
            return null;
        });
        assertThat(receipt.lastPosition()).hasValue(2);
        assertThat(node.log().head()).isEqualTo(2);
    }

    @Test
    void an_event_reads_back_as_it_was_appended() {
        List<DomainEventMessage<?>> written = messages("issue-1", 0, touched(1));
        node.store().publish(written);
        DomainEventMessage<?> read = node.log().readStream("issue-1", 0).getFirst();
        assertThat(read.getIdentifier()).isEqualTo(written.getFirst().getIdentifier());
        assertThat(read.getPayload()).isEqualTo(touched(1));
        assertThat(read.getTimestamp()).isEqualTo(written.getFirst().getTimestamp());
        assertThat(read.getSequenceNumber()).isZero();
        assertThat(read.getAggregateIdentifier()).isEqualTo("issue-1");
    }

    @Test
    void a_taken_sequence_fails_its_own_append_wholly() {
        node.append("issue-1", 0, touched(1));
        List<DomainEventMessage<?>> overlapping = new ArrayList<>(messages("issue-2", 0, touched(2)));
        overlapping.addAll(messages("issue-1", 0, touched(3)));
        assertThatThrownBy(() -> node.store().publish(overlapping)).isInstanceOf(ConcurrencyException.class);
        assertThat(node.log().head()).isEqualTo(1);
        assertThat(node.log().exists("issue-2")).isFalse();
    }

    @Test
    void the_log_refuses_to_be_changed() {
        node.append("issue-1", 0, touched(1));
        for (String change : List.of(
                "UPDATE event_log SET payload = '{}'",
                "DELETE FROM event_log",
                "TRUNCATE event_log",
                "UPDATE event_log SET payload = '{}' WHERE false")) {
            assertThatThrownBy(() -> sql.sql(change).update())
                    .as(change)
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("event_log is append-only");
        }
        assertThatThrownBy(() -> sql.sql("SET session_replication_role = replica; DELETE FROM event_log")
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("event_log is append-only");
    }

    @Test
    void a_value_that_the_database_refuses_fails_its_own_append_only() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> appends = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(i -> callers.submit(() ->
                            node.append("issue-" + i, 0, i == 17 ? new IssueRetitled(17, "a", "\0", 1) : touched(i))))
                    .toList();
            for (int i = 0; i < appends.size(); i++) {
                Future<?> append = appends.get(i);
                if (i == 17) {
                    assertThatThrownBy(append::get).hasCauseInstanceOf(EventStoreException.class);
                } else {
                    append.get();
                }
            }
        }
        assertThat(positions()).isEqualTo(LongStream.rangeClosed(1, 39).boxed().toList());
    }

    @Test
    void concurrent_appends_with_conflicts_are_all_or_nothing_and_leave_no_gaps() throws Exception {
        try (EventStoreNode other = EventStoreNode.on(database.dataSource());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            // Four appends want each pair of streams, two on each node; each append spans both streams of its pair.
            List<Future<Boolean>> appends = new ArrayList<>();
            for (int pair = 0; pair < 1_600; pair++) {
                for (int rival = 0; rival < 4; rival++) {
                    EventStoreNode on = rival % 2 == 0 ? node : other;
                    List<DomainEventMessage<?>> events =
                            new ArrayList<>(messages("issue-" + 2 * pair, 0, touched(rival), touched(rival)));
                    events.addAll(messages("issue-" + (2 * pair + 1), 0, touched(rival)));
                    appends.add(callers.submit(() -> wins(on, events)));
                }
            }
            int won = 0;
            for (Future<Boolean> append : appends) {
                won += append.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1_600);
        }
        assertThat(positions())
                .isEqualTo(LongStream.rangeClosed(1, 3 * 1_600).boxed().toList());
        SealCheck.check(database.dataSource());
        // The three events of a winner stand together and carry the winner's mark.
        assertThat(sql.sql("""
            SELECT count(DISTINCT (position - 1) / 3)
            FROM event_log
            GROUP BY (position - 1) / 3
            HAVING count(DISTINCT payload ->> 'version') <> 1 OR count(*) <> 3
            """).query(Long.class).list()).isEmpty();
    }

    private static boolean wins(EventStoreNode node, List<DomainEventMessage<?>> events) {
        try {
            node.store().publish(events);
            return true;
        } catch (ConcurrencyException e) {
            return false;
        }
    }

    private List<Long> positions() {
        return sql.sql("SELECT position FROM event_log ORDER BY position")
                .query(Long.class)
                .list();
    }

    private static IssueTouched touched(long mark) {
        return new IssueTouched(1, mark);
    }
}
