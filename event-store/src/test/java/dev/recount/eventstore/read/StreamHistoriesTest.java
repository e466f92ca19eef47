package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.serialization.StoredType;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class StreamHistoriesTest {

    record Tally(long touches) {}

    @Configuration(proxyBeanMethods = false)
    static class WithTally {
        @Bean
        StoredType tally() {
            return new StoredType("TallySnapshot", 1, Tally.class);
        }
    }

    private TestDatabase database;
    private EventStoreNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource(), WithTally.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void each_stream_has_its_events_in_order_and_one_that_does_not_exist_has_none() {
        node.append("issue-1", 0, new IssueTouched(1, 1));
        node.append("issue-2", 0, new IssueTouched(2, 1), new IssueTouched(2, 2));
        node.append("issue-1", 1, new IssueTouched(1, 2), new IssueTouched(1, 3));
        node.append("issue-3", 0, new IssueTouched(3, 1));
        assertThat(read("issue-2", "issue-9", "issue-1"))
                .isEqualTo(Map.of(
                        "issue-1",
                        List.of(
                                "0 IssueTouched[issueId=1, version=1]",
                                "1 IssueTouched[issueId=1, version=2]",
                                "2 IssueTouched[issueId=1, version=3]"),
                        "issue-2",
                        List.of("0 IssueTouched[issueId=2, version=1]", "1 IssueTouched[issueId=2, version=2]"),
                        "issue-9",
                        List.of()));
        assertThat(read()).isEmpty();
    }

    @Test
    void a_stream_with_a_snapshot_comes_as_axon_loads_it() {
        node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2), new IssueTouched(1, 3));
        node.append("issue-2", 0, new IssueTouched(2, 1));
        snapshot("issue-1", 1, new Tally(2));
        snapshot("issue-2", 0, new Tally(1));
        Map<String, List<String>> histories = read("issue-1", "issue-2");
        assertThat(histories.get("issue-1"))
                .isEqualTo(List.of("1 Tally[touches=2]", "2 IssueTouched[issueId=1, version=3]"));
        assertThat(histories.get("issue-2")).isEqualTo(List.of("0 Tally[touches=1]"));
        for (String stream : histories.keySet()) {
            assertThat(histories.get(stream))
                    .isEqualTo(
                            described(node.store().readEvents(stream).asStream().toList()));
        }
    }

    @Test
    void a_stream_whose_snapshot_is_of_no_use_is_left_out() {
        for (int issue = 1; issue <= 3; issue++) {
            node.append("issue-" + issue, 0, new IssueTouched(issue, 1), new IssueTouched(issue, 2));
            snapshot("issue-" + issue, 0, new Tally(1));
        }
        change("issue-1", "revision = 2");
        change("issue-2", "payload = '{\"touches\": \"one\"}'");
        for (String stream : List.of("issue-1", "issue-2")) {
            change(stream, "hash = snapshot_hash(stream, sequence, type, revision, payload, leaf_hash)");
        }
        assertThat(read("issue-1", "issue-2", "issue-3")).containsOnlyKeys("issue-3");
        change("issue-3", "type = 'UnknownSnapshot'");
        change("issue-3", "hash = snapshot_hash(stream, sequence, type, revision, payload, leaf_hash)");
        assertThat(read("issue-1", "issue-2", "issue-3")).isEmpty();
    }

    @Test
    void a_stream_whose_snapshot_does_not_fit_it_is_left_out_and_the_snapshot_dropped_when_it_is_read_on_its_own() {
        for (int issue = 1; issue <= 4; issue++) {
            node.append("issue-" + issue, 0, new IssueTouched(issue, 1), new IssueTouched(issue, 2));
            snapshot("issue-" + issue, 0, new Tally(1));
        }
        change("issue-1", "sequence = 1");
        change("issue-2", "sequence = 700");
        change("issue-3", "payload = '{\"touches\": 7}'");
        assertThat(read("issue-1", "issue-2", "issue-3", "issue-4")).containsOnlyKeys("issue-4");
        for (String stream : List.of("issue-1", "issue-2", "issue-3")) {
            assertThat(node.store().readEvents(stream).asStream()).hasSize(2);
        }
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT stream FROM snapshot")
                        .query(String.class)
                        .list())
                .isEqualTo(List.of("issue-4"));
    }

    @Test
    void streams_beyond_the_bound_of_a_read_are_left_out_and_never_cut_off() {
        for (int issue = 1; issue <= 4; issue++) {
            for (int event = 0; event < 3; event++) {
                node.append("issue-" + issue, event, new IssueDescriptionChanged(issue, "x".repeat(1_000_000), 1));
            }
        }
        Map<String, List<DomainEventMessage<?>>> histories =
                histories().read(List.of("issue-4", "issue-9", "issue-1", "issue-3", "issue-2", "issue-8"));
        assertThat(histories).containsOnlyKeys("issue-4", "issue-9", "issue-1");
        assertThat(histories.get("issue-4")).hasSize(3);
        assertThat(histories.get("issue-1")).hasSize(3);
    }

    private Map<String, List<String>> read(String... streams) {
        return histories().read(List.of(streams)).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, history -> described(history.getValue())));
    }

    private StreamHistories histories() {
        return node.context().getBean(StreamHistories.class);
    }

    private static List<String> described(List<? extends DomainEventMessage<?>> messages) {
        return messages.stream()
                .map(message -> message.getSequenceNumber() + " " + message.getPayload())
                .toList();
    }

    private void snapshot(String stream, long sequence, Tally tally) {
        node.store().storeSnapshot(new GenericDomainEventMessage<>("issue", stream, sequence, tally));
    }

    private void change(String stream, String assignment) {
        int changed = JdbcClient.create(database.dataSource())
                .sql("UPDATE snapshot SET " + assignment + " WHERE stream = :stream")
                .param("stream", stream)
                .update();
        assertThat(changed).isEqualTo(1);
    }
}
