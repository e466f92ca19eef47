package dev.recount.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStreamTest {

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

    @Test
    void a_stream_gives_every_event_once_and_in_order_whoever_appends() throws Exception {
        try (EventStoreNode other = EventStoreNode.on(database.dataSource());
                BlockingStream<TrackedEventMessage<?>> stream = node.store().openStream(null)) {
            for (int i = 0; i < 300; i++) {
                // Runs of different lengths, so that the tail in memory is sometimes enough and sometimes not.
                (i % 7 < 4 ? node : other).append("issue-" + i, 0, new IssueTouched(i, 1));
            }
            List<Long> positions = new ArrayList<>();
            while (positions.size() < 300) {
                positions.add(stream.nextAvailable().trackingToken().position().orElseThrow());
            }
            assertThat(positions)
                    .isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
            assertThat(stream.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void an_append_in_this_process_calls_the_reader_back() throws Exception {
        calls_back_after_an_append_on(node);
    }

    @Test
    void an_append_in_another_process_calls_the_reader_back() throws Exception {
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            calls_back_after_an_append_on(other);
        }
    }

    private void calls_back_after_an_append_on(EventStoreNode writer) throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        try (BlockingStream<TrackedEventMessage<?>> stream = node.store().openStream(null)) {
            assertThat(stream.setOnAvailableCallback(called::countDown)).isTrue();
            assertThat(called.getCount()).isOne();
            writer.append("issue-1", 0, new IssueTouched(1, 1));
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(stream.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void a_closed_stream_is_not_called_back() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        BlockingStream<TrackedEventMessage<?>> stream = node.store().openStream(null);
        stream.setOnAvailableCallback(called::countDown);
        stream.close();
        node.append("issue-1", 0, new IssueTouched(1, 1));
        assertThat(called.getCount()).isOne();
    }

    @Test
    void a_stream_starts_after_its_token() throws Exception {
        node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2), new IssueTouched(1, 3));
        try (BlockingStream<TrackedEventMessage<?>> stream =
                node.store().openStream(new GlobalSequenceTrackingToken(2))) {
            assertThat(stream.nextAvailable().getPayload()).isEqualTo(new IssueTouched(1, 3));
        }
    }

    @Test
    void a_long_stream_is_read_whole() {
        Object[] events = LongStream.range(0, 2_500)
                .mapToObj(version -> new IssueTouched(1, version))
                .toArray();
        node.append("issue-1", 0, events);
        assertThat(node.log().readStream("issue-1", 0).stream()
                        .map(message -> message.getPayload())
                        .toList())
                .isEqualTo(List.of(events));
    }
}
