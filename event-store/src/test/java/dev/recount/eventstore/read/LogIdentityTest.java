package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.append.Append;
import dev.recount.eventstore.append.LogSetBackException;
import dev.recount.eventstore.append.LogWriter;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

@Timeout(120)
class LogIdentityTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private TestDatabase database;
    private EventStoreNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private static LogIdentity of(EventStoreNode node) {
        return node.context().getBean(LogIdentity.class);
    }

    private UUID stored() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT id FROM log_identity")
                .query(UUID.class)
                .single();
    }

    private void appendTo(String stream, int events) {
        for (int sequence = 0; sequence < events; sequence++) {
            node.append(stream, sequence, new IssueTouched(1, sequence + 1));
        }
    }

    @Test
    void a_log_has_an_identity_that_stays_over_restarts_and_appends() {
        UUID first = of(node).id();
        assertThat(of(node).token()).isEqualTo(first.toString().replace("-", "").substring(0, 12));
        appendTo("issue-1", 3);
        of(node).look();
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            other.append("issue-2", 0, new IssueTouched(2, 1));
            assertThat(of(other).id()).isEqualTo(first);
        }
        of(node).look();
        assertThat(of(node).id()).isEqualTo(first).isEqualTo(stored());
    }

    @Test
    void a_log_that_is_set_back_under_running_nodes_is_renewed_once_and_all_of_them_hear_of_it() {
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            UUID first = of(node).id();
            appendTo("issue-1", 5);
            of(other).look();
            of(node).look();
            database.setLogBackTo(2);
            await().atMost(LONG)
                    .until(() -> !of(node).id().equals(first)
                            && of(node).id().equals(of(other).id()));
            UUID second = stored();
            assertThat(of(node).look()).isEqualTo(2);
            assertThat(of(other).look()).isEqualTo(2);
            assertThat(stored()).isEqualTo(second).isEqualTo(of(node).id());
        }
    }

    @Test
    void events_that_took_the_place_of_lost_ones_are_noticed_by_the_node_that_wrote_those() {
        UUID first = of(node).id();
        appendTo("issue-1", 5);
        database.setLogBackTo(2);
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            for (int sequence = 0; sequence < 9; sequence++) {
                other.append("issue-2", sequence, new IssueTouched(2, sequence + 1));
            }
        }
        of(node).look();
        assertThat(of(node).id()).isNotEqualTo(first).isEqualTo(stored());
    }

    @Test
    void an_identity_of_an_earlier_restore_is_not_taken_for_the_present_one() throws SQLException {
        UUID first = of(node).id();
        appendTo("issue-1", 5);
        LogIdentity.renew(database.dataSource());
        await().atMost(LONG).until(() -> !of(node).id().equals(first));
        appendTo("issue-2", 1);
        // The backup is of the time before the first restore, and so is the identity in it.
        database.setLogBackTo(3);
        JdbcClient.create(database.dataSource())
                .sql("UPDATE log_identity SET id = ?, renewed_at = now() - interval '1 day'")
                .param(first)
                .update();
        of(node).look();
        assertThat(of(node).id()).isNotEqualTo(first).isEqualTo(stored());
    }

    @Test
    void a_running_node_hears_of_a_renewal_at_once() throws SQLException {
        UUID first = of(node).id();
        appendTo("issue-1", 5);
        UUID renewed = LogIdentity.renew(database.dataSource());
        await().atMost(LONG).until(() -> of(node).id().equals(renewed));
        assertThat(renewed).isNotEqualTo(first);
    }

    @Test
    void what_a_node_remembers_of_a_log_that_was_set_back_is_forgotten() {
        appendTo("issue-1", 5);
        RecentEvents recent = node.context().getBean(RecentEvents.class);
        await().atMost(LONG).until(() -> recent.after(4, 10).isPresent());
        database.setLogBackTo(2);
        of(node).look();
        assertThat(recent.after(4, 10)).isEmpty();
        assertThat(node.log().readAfter(2, 10)).isEmpty();
        await().atMost(LONG).until(() -> node.context().getBean(LogSignal.class).knownHead() == 2);
        node.append("issue-1", 2, new IssueTouched(1, 9));
        assertThat(node.log().head()).isEqualTo(3);
    }

    @Test
    void nothing_is_appended_to_a_log_that_was_set_back_before_the_node_has_noticed() throws SQLException {
        LogWriter writer = new LogWriter(database.dataSource());
        writer.appendAll(List.of(append("issue-1", 0)), 1_000);
        writer.appendAll(List.of(append("issue-1", 1)), 1_000);
        database.setLogBackTo(1);
        // Decided on an event that is no more: it would leave a gap in its stream.
        assertThatThrownBy(() -> writer.appendAll(List.of(append("issue-1", 2)), 1_000))
                .isInstanceOf(LogSetBackException.class);
        assertThatThrownBy(() -> writer.appendUncontested(List.of(append("issue-1", 2)), 1_000))
                .isInstanceOf(LogSetBackException.class);
        assertThat(node.log().head()).isEqualTo(1);
        writer.startAnew();
        writer.appendAll(List.of(append("issue-1", 1)), 1_000);
        assertThat(node.log().head()).isEqualTo(2);
    }

    private Append append(String stream, long sequence) {
        var messages = EventStoreNode.messages(stream, sequence, new IssueTouched(1, sequence + 1));
        return new Append(
                messages,
                messages.stream()
                        .map(message -> StoredEvent.of(message, node.context().getBean(RecountSerializer.class)))
                        .toList());
    }
}
