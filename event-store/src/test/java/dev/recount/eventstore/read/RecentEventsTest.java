package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.recount.events.IssueEvent.IssueTouched;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private final RecentEvents recent = new RecentEvents();

    @Test
    void a_reader_at_the_tail_gets_what_follows() {
        add(1, 2, 3, 4);
        assertThat(positionsAfter(2, 10)).contains(List.of(3L, 4L));
        assertThat(positionsAfter(1, 2)).contains(List.of(2L, 3L));
    }

    @Test
    void nothing_is_known_beyond_the_newest_or_before_the_oldest() {
        add(5, 6);
        assertThat(positionsAfter(6, 10)).isEmpty();
        assertThat(positionsAfter(3, 10)).isEmpty();
        assertThat(positionsAfter(4, 10)).contains(List.of(5L, 6L));
    }

    @Test
    void a_gap_starts_the_tail_anew() {
        add(1, 2, 5);
        assertThat(positionsAfter(1, 10)).isEmpty();
        assertThat(positionsAfter(4, 10)).contains(List.of(5L));
    }

    @Test
    void what_comes_late_is_left_out() {
        add(4, 3, 5);
        assertThat(positionsAfter(3, 10)).contains(List.of(4L, 5L));
    }

    @Test
    void the_tail_is_bounded_in_events_and_in_size() {
        for (long position = 1; position <= 5_000; position++) {
            add(position);
        }
        assertThat(positionsAfter(5_000 - 4_097, 5_000)).isEmpty();
        assertThat(positionsAfter(5_000 - 4_096, 5_000)).isPresent();
        recent.add(5_001, message(5_001), 17 << 20);
        assertThat(positionsAfter(4_999, 10)).isEmpty();
        assertThat(positionsAfter(5_000, 10)).contains(List.of(5_001L));
    }

    @Test
    void readers_get_the_event_with_all_that_was_appended() {
        DomainEventMessage<?> appended = message(5);
        recent.add(5, appended, 10);
        assertThat(recent.after(4, 1).orElseThrow())
                .singleElement()
                .asInstanceOf(type(DomainEventMessage.class))
                .satisfies(read -> {
                    assertThat(read.getIdentifier()).isEqualTo(appended.getIdentifier());
                    assertThat(read.getTimestamp()).isEqualTo(appended.getTimestamp());
                    assertThat(read.getMetaData()).isEqualTo(appended.getMetaData());
                    assertThat(read.getPayload()).isEqualTo(appended.getPayload());
                    assertThat(read.getType()).isEqualTo("issue");
                    assertThat(read.getAggregateIdentifier()).isEqualTo("issue-1");
                    assertThat(read.getSequenceNumber()).isEqualTo(5);
                });
    }

    private void add(long... positions) {
        for (long position : positions) {
            recent.add(position, message(position), 10);
        }
    }

    private Optional<List<Long>> positionsAfter(long position, int limit) {
        return recent.after(position, limit)
                .map(events -> events.stream()
                        .map(event -> event.trackingToken().position().orElseThrow())
                        .toList());
    }

    private static DomainEventMessage<?> message(long position) {
        return new GenericDomainEventMessage<>(
                "issue", "issue-1", position, new IssueTouched(1, position), MetaData.with("actor", "7"));
    }
}
