package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.read.RecordedEvent.Form;
import dev.recount.eventstore.read.RecordedEvents.Part;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.UnreadableEventException;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.Poked;
import dev.recount.eventstore.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RecordedEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private TestDatabase database;
    private EventStoreNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource(), Poked.Now.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private RecordedEvents events() {
        return node.context().getBean(RecordedEvents.class);
    }

    private static DomainEventMessage<?> message(
            Instant at, String stream, long sequence, Object event, Map<String, ?> metadata) {
        return new GenericDomainEventMessage<>(
                "issue", stream, sequence, event, MetaData.from(metadata), new UUID(7, sequence).toString(), at);
    }

    private void poke(long issue) {
        try (EventStoreNode past = EventStoreNode.on(database.dataSource(), Poked.Then.class)) {
            past.append("issue-" + issue, 0, new Poked(issue));
        }
    }

    private List<RecordedEvent> all(EventFilter filter, int limit) {
        long head = node.log().head();
        List<RecordedEvent> found = new ArrayList<>();
        long position = 0;
        while (position < head) {
            Part part = events().read(position, head, filter, limit);
            assertThat(part.upTo()).isGreaterThan(position);
            assertThat(part.events()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(part.events());
            position = part.upTo();
        }
        assertThat(position).isEqualTo(head);
        return found;
    }

    private static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::position).toList();
    }

    @Test
    void an_event_is_read_as_it_was_recorded() {
        node.store()
                .publish(List.of(message(
                        NOON.plusNanos(123_000),
                        "issue-7",
                        0,
                        new IssueRetitled(7, "a\"b\n", "🦋", 2),
                        Map.of(EventMetadata.ACTOR, "3", EventMetadata.CAUSATION, "import 1 row 2"))));
        RecordedEvent event = events().read(0, 1, EventFilter.NONE, 10).events().getFirst();
        Form form = new Form(
                "IssueRetitled", 1, "{\"to\": \"🦋\", \"from\": \"a\\\"b\\n\", \"issueId\": 7, \"version\": 2}");
        assertThat(event)
                .isEqualTo(new RecordedEvent(
                        1,
                        "issue-7",
                        0,
                        new UUID(7, 0),
                        form,
                        form,
                        "{\"actor\": \"3\", \"causation\": \"import 1 row 2\"}",
                        Map.of("actor", "3", "causation", "import 1 row 2"),
                        NOON.plusNanos(123_000)));
        assertThat(event.noted(EventMetadata.REQUEST_ID)).isNull();
    }

    @Test
    void an_event_of_the_past_is_shown_in_both_forms_and_found_under_its_stored_type() {
        poke(5);
        node.append("issue-5", 1, new IssueTouched(5, 10));
        RecordedEvent event = events().readStream("issue-5", -1, 10).getFirst();
        assertThat(event.stored()).isEqualTo(new Form("IssuePoked", 3, "{\"issueId\": 5}"));
        assertThat(event.current()).isEqualTo(new Form("IssueTouched", 1, "{\"issueId\":5,\"version\":9}"));
        assertThat(positions(all(new EventFilter(null, "IssuePoked", null, null, null), 5)))
                .containsExactly(1L);
        assertThat(positions(all(new EventFilter(null, "IssueTouched", null, null, null), 5)))
                .containsExactly(2L);
    }

    @Test
    void an_event_of_an_unknown_type_is_read_as_it_is() {
        poke(5);
        try (EventStoreNode older = EventStoreNode.on(database.dataSource())) {
            RecordedEvent event = older.context()
                    .getBean(RecordedEvents.class)
                    .readStream("issue-5", -1, 10)
                    .getFirst();
            assertThat(event.current())
                    .isEqualTo(event.stored())
                    .isEqualTo(new Form("IssuePoked", 3, "{\"issueId\": 5}"));
        }
    }

    /** Fails. */
    @Configuration(proxyBeanMethods = false)
    static class Failing {
        @Bean
        SingleEventUpcaster failing() {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation event) {
                    throw new IllegalStateException("no");
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                    return event;
                }
            };
        }
    }

    @Test
    void an_upcaster_that_fails_is_not_passed_over() {
        poke(5);
        try (EventStoreNode failing = EventStoreNode.on(database.dataSource(), Failing.class)) {
            RecordedEvents events = failing.context().getBean(RecordedEvents.class);
            assertThatThrownBy(() -> events.read(0, 1, EventFilter.NONE, 10))
                    .isInstanceOf(UnreadableEventException.class)
                    .hasMessageContaining("position 1");
        }
    }

    @Test
    void a_stream_is_read_in_parts_from_any_position() {
        for (int event = 0; event < 40; event++) {
            node.append("issue-1", event, new IssueTouched(1, event));
            node.append("issue-2", event, new IssueTouched(2, event));
        }
        EventFilter first = new EventFilter("issue-1", null, null, null, null);
        assertThat(all(first, 7))
                .extracting(RecordedEvent::sequence)
                .hasSize(40)
                .isSorted();
        for (long after : List.of(0L, 1L, 2L, 37L, 38L, 78L, 79L, 80L)) {
            assertThat(positions(events().read(after, 80, first, 100).events()))
                    .as("after %d", after)
                    .isEqualTo(positions(all(first, 100)).stream()
                            .filter(position -> position > after)
                            .toList());
        }
        assertThat(events().read(0, 50, first, 100).upTo()).isEqualTo(50);
        assertThat(positions(events().read(0, 50, first, 100).events())).hasSize(25);
        assertThat(events().readStream("issue-2", 30, 5))
                .extracting(RecordedEvent::sequence)
                .containsExactly(31L, 32L, 33L, 34L, 35L);
        assertThat(events().readStream("issue-3", -1, 5)).isEmpty();
    }

    @Test
    void a_part_ends_when_enough_was_looked_at() {
        for (int event = 0; event < 25; event++) {
            node.append("issue-1", event, event == 22 ? new IssueRetitled(1, "a", "b", 1) : new IssueTouched(1, 1));
        }
        RecountSerializer serializer = node.context().getBean(RecountSerializer.class);
        RecordedEvents impatient = new RecordedEvents(
                node.context().getBean(LogReader.class),
                new BlockTimes(database.dataSource()),
                new CurrentForms(serializer, node.context().getBean(EventUpcasterChain.class)),
                serializer,
                10);
        for (EventFilter rare : List.of(
                new EventFilter(null, "IssueRetitled", null, null, null),
                new EventFilter(null, "IssueRetitled", null, Instant.EPOCH, null))) {
            assertThat(impatient.read(0, 25, rare, 5)).isEqualTo(new Part(List.of(), 10));
            assertThat(impatient.read(10, 25, rare, 5)).isEqualTo(new Part(List.of(), 20));
            assertThat(positions(impatient.read(20, 25, rare, 5).events())).containsExactly(23L);
            assertThat(impatient.read(20, 25, rare, 5).upTo()).isEqualTo(25);
        }
    }

    @Test
    void large_events_come_in_small_parts() {
        for (int event = 0; event < 20; event++) {
            node.append("issue-1", event, new IssueDescriptionChanged(1, "x".repeat(1_000_000), 1));
        }
        Part part = events().read(0, 20, EventFilter.NONE, 100);
        assertThat(part.events()).hasSizeBetween(5, 12);
        assertThat(part.upTo()).isEqualTo(part.events().getLast().position());
        assertThat(positions(all(EventFilter.NONE, 100))).hasSize(20);
    }

    /** Three blocks and a bit, whose times go back and forth across the borders of blocks. */
    @Test
    void every_filter_finds_what_a_look_at_each_event_finds() {
        Random random = new Random(5);
        List<DomainEventMessage<?>> history = new ArrayList<>();
        int[] next = new int[50];
        for (int event = 0; event < 3 * BlockTimes.BLOCK + 500; event++) {
            int issue = random.nextInt(next.length);
            Object happened =
                    random.nextInt(20) == 0 ? new IssueRetitled(issue, "a", "b", 1) : new IssueTouched(issue, event);
            Instant at = NOON.plusMillis(event * 10L + random.nextInt(60_000));
            Map<String, ?> metadata =
                    random.nextBoolean() ? Map.of() : Map.of(EventMetadata.ACTOR, "" + random.nextInt(4));
            history.add(message(at, "issue-" + issue, next[issue]++, happened, metadata));
        }
        for (int from = 0; from < history.size(); from += 5_000) {
            node.store().publish(history.subList(from, Math.min(history.size(), from + 5_000)));
        }
        List<RecordedEvent> log = all(EventFilter.NONE, 5_000);
        assertThat(log).hasSize(history.size());
        for (int round = 0; round < 150; round++) {
            Instant from = NOON.plusNanos(random.nextLong(Duration.ofMinutes(6).toNanos()));
            EventFilter filter = new EventFilter(
                    random.nextInt(4) == 0 ? "issue-" + random.nextInt(next.length) : null,
                    random.nextInt(3) == 0 ? "IssueRetitled" : null,
                    random.nextInt(3) == 0 ? (Long) random.nextLong(4) : null,
                    random.nextBoolean() ? from : null,
                    random.nextBoolean() ? from.plusSeconds(random.nextInt(100)) : null);
            assertThat(positions(all(filter, 1 + random.nextInt(3_000))))
                    .as(filter.toString())
                    .isEqualTo(positions(log.stream().filter(filter::matches).toList()));
        }
    }

    @Test
    void times_finer_than_the_log_keeps_bound_the_same_events() {
        Instant at = NOON.plusNanos(5_000);
        node.store().publish(List.of(message(at, "issue-1", 0, new IssueTouched(1, 1), Map.of())));
        assertThat(all(new EventFilter(null, null, null, at, null), 1)).hasSize(1);
        assertThat(all(new EventFilter(null, null, null, at.plusNanos(1), null), 1))
                .isEmpty();
        assertThat(all(new EventFilter(null, null, null, null, at), 1)).isEmpty();
        assertThat(all(new EventFilter(null, null, null, null, at.plusNanos(1)), 1))
                .hasSize(1);
    }
}
