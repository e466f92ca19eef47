package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.serialization.StoredType;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SnapshotStoreTest {

    record Tally(long touches) {}

    @Configuration(proxyBeanMethods = false)
    static class FirstRevision {
        @Bean
        StoredType tally() {
            return new StoredType("TallySnapshot", 1, Tally.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondRevision {
        @Bean
        StoredType tally() {
            return new StoredType("TallySnapshot", 2, Tally.class);
        }
    }

    @Test
    void a_stream_with_a_snapshot_is_read_from_there() {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource(), FirstRevision.class)) {
            node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2), new IssueTouched(1, 3));
            node.store().storeSnapshot(snapshot(1, new Tally(2)));
            assertThat(payloads(node)).isEqualTo(List.of(new Tally(2), new IssueTouched(1, 3)));
        }
    }

    @Test
    void an_older_snapshot_does_not_replace_a_newer_one() {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource(), FirstRevision.class)) {
            node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2), new IssueTouched(1, 3));
            node.store().storeSnapshot(snapshot(2, new Tally(3)));
            node.store().storeSnapshot(snapshot(1, new Tally(2)));
            assertThat(payloads(node)).isEqualTo(List.of(new Tally(3)));
        }
    }

    @Test
    void a_snapshot_of_another_revision_is_passed_by() {
        try (TestDatabase database = TestDatabase.fresh()) {
            try (EventStoreNode node = EventStoreNode.on(database.dataSource(), FirstRevision.class)) {
                node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2));
                node.store().storeSnapshot(snapshot(1, new Tally(2)));
            }
            try (EventStoreNode node = EventStoreNode.on(database.dataSource(), SecondRevision.class)) {
                assertThat(payloads(node)).isEqualTo(List.of(new IssueTouched(1, 1), new IssueTouched(1, 2)));
                node.store().storeSnapshot(snapshot(0, new Tally(1)));
                assertThat(payloads(node)).isEqualTo(List.of(new Tally(1), new IssueTouched(1, 2)));
            }
        }
    }

    private static DomainEventMessage<?> snapshot(long sequence, Tally tally) {
        return new GenericDomainEventMessage<>("issue", "issue-1", sequence, tally);
    }

    private static List<?> payloads(EventStoreNode node) {
        return node.store()
                .readEvents("issue-1")
                .asStream()
                .map(message -> message.getPayload())
                .toList();
    }
}
