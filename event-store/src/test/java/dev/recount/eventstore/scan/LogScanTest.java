package dev.recount.eventstore.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.RecountEvent;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.eventstore.serialization.UnreadableEventException;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class LogScanTest {

    private TestDatabase database;
    private EventStoreNode node;

    /** Touching was once stored under another name. */
    @Configuration(proxyBeanMethods = false)
    static class Upcasting {

        @Bean
        SingleEventUpcaster pokedBecomesTouched() {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation event) {
                    return event.getType().getName().equals("IssuePoked");
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                    return event.upcastPayload(
                            new SimpleSerializedType("IssueTouched", "1"), String.class, payload -> payload);
                }
            };
        }
    }

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource(), Upcasting.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void streams_are_read_one_after_the_other_and_others_are_not() throws SQLException {
        node.append("issue-1", 0, new IssueTouched(1, 1));
        node.append("label-it's \\ \"so\"", 0, new LabelCreated(4, "it's \\ \"so\""));
        node.append("issue-2", 0, new IssueTouched(2, 1));
        node.append("issue-1", 1, new IssueTouched(1, 2));
        var scan = node.context().getBean(LogScan.class);
        var read = new ArrayList<String>();
        try (var connection = database.dataSource().getConnection()) {
            scan.readStreams(
                    connection,
                    List.of("label-it's \\ \"so\"", "issue-1", "issue-9"),
                    event -> read.add(event.position() + " " + event.stream() + " " + event.sequence()));
            scan.readStreams(connection, List.of(), event -> read.add("nothing is asked for"));
        }
        assertThat(read).containsExactly("1 issue-1 0", "4 issue-1 1", "2 label-it's \\ \"so\" 0");
    }

    @Test
    void a_scan_reads_what_the_log_reads() throws SQLException {
        var labels = List.of(new Label(1, "ü 🦋"), new Label(2, "\t\\N"));
        publish(
                MetaData.with(EventMetadata.ACTOR, "7").and(EventMetadata.REQUEST_ID, "a \"b\""),
                new IssueCreated(1, "Zeile\nzwei", "x".repeat(900_000), IssueStatus.OPEN, null, 1),
                new IssueAssigned(1, null, 3L, 2));
        publish(MetaData.emptyInstance(), new IssueLabelsReplaced(1, labels, labels, List.of()));
        publish(MetaData.emptyInstance(), new IssueCommented(1, 5, 3, "ada", ""), new UserRegistered(1, "ada", "Ada"));
        // Another node, which has to read it from the database.
        try (var other = EventStoreNode.on(database.dataSource())) {
            var expected = other.log().readAfter(0, 100).stream()
                    .map(LogScanTest::scanned)
                    .toList();
            assertThat(expected).hasSize(5);
            assertThat(scan(0, 5))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("bytes")
                    .isEqualTo(expected);
        }
        assertThat(scan(1, 3)).extracting(ScannedEvent::position).containsExactly(2L, 3L);
        assertThat(scan(5, 5)).isEmpty();
        assertThat(scan(0, 1).getFirst().bytes()).isGreaterThan(900_000);
    }

    @Test
    void times_keep_their_microseconds_before_and_after_2000() throws SQLException {
        insert(1, "IssueTouched", "1999-12-31T23:59:59.999999Z");
        insert(2, "IssueTouched", "2026-01-09T12:08:01.000001Z");
        assertThat(scan(0, 2))
                .extracting(ScannedEvent::at)
                .containsExactly(
                        Instant.parse("1999-12-31T23:59:59.999999Z"), Instant.parse("2026-01-09T12:08:01.000001Z"));
    }

    @Test
    void what_is_stored_in_another_form_is_upcast() throws SQLException {
        insert(1, "IssuePoked", "2026-01-09T12:00:00Z");
        assertThat(scan(0, 1)).singleElement().extracting(ScannedEvent::event).isEqualTo(new IssueTouched(1, 1));
    }

    @Test
    void an_event_that_nobody_knows_ends_the_scan_with_its_position() throws SQLException {
        insert(1, "IssueTouched", "2026-01-09T12:00:00Z");
        insert(2, "IssueForgotten", "2026-01-09T12:00:00Z");
        var before = new ArrayList<Long>();
        try (Connection connection = database.dataSource().getConnection()) {
            var failure = catchThrowableOfType(
                    UnreadableEventException.class,
                    () -> scan().read(connection, 0, 2, event -> before.add(event.position())));
            assertThat(failure.position()).isEqualTo(2);
            assertThat(failure).hasMessageContaining("IssueForgotten");
            assertThat(before).containsExactly(1L);
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void a_position_that_is_missing_ends_the_scan() {
        insert(1, "IssueTouched", "2026-01-09T12:00:00Z");
        insert(3, "IssueTouched", "2026-01-09T12:00:00Z");
        assertThatThrownBy(() -> scan(0, 3))
                .isInstanceOfSatisfying(
                        UnreadableEventException.class,
                        missing -> assertThat(missing.position()).isEqualTo(2));
        assertThatThrownBy(() -> scan(2, 4))
                .isInstanceOfSatisfying(
                        UnreadableEventException.class,
                        missing -> assertThat(missing.position()).isEqualTo(4));
    }

    @Test
    void a_reader_that_has_had_enough_leaves_the_connection_usable() throws SQLException {
        insert(1, "IssueTouched", "2026-01-09T12:00:00Z");
        insert(2, "IssueTouched", "2026-01-09T12:00:00Z");
        try (Connection connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> scan().read(connection, 0, 2, event -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            var events = new ArrayList<ScannedEvent>();
            scan().read(connection, 0, 2, events::add);
            assertThat(events).hasSize(2);
        }
    }

    private static ScannedEvent scanned(TrackedEventMessage<?> message) {
        var event = (DomainEventMessage<?>) message;
        return new ScannedEvent(
                message.trackingToken().position().orElseThrow(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                (RecountEvent) event.getPayload(),
                event.getTimestamp(),
                new HashMap<>(event.getMetaData()),
                0);
    }

    private LogScan scan() {
        return node.context().getBean(LogScan.class);
    }

    private List<ScannedEvent> scan(long after, long upTo) throws SQLException {
        var events = new ArrayList<ScannedEvent>();
        try (Connection connection = database.dataSource().getConnection()) {
            scan().read(connection, after, upTo, events::add);
        }
        return events;
    }

    private void publish(MetaData metadata, Object... events) {
        var stream = "issue-" + UUID.randomUUID();
        for (int i = 0; i < events.length; i++) {
            node.store().publish(new GenericDomainEventMessage<>("issue", stream, i, events[i], metadata));
        }
    }

    private void insert(long position, String type, String at) {
        JdbcClient.create(database.dataSource())
                .sql("""
                    INSERT INTO event_log VALUES
                        (?, 'issue-1', ?, gen_random_uuid(), ?, 1, '{"issueId": 1, "version": 1}', '{}', ?::timestamptz,
                         sha256('unsealed'))
                    """)
                .params(Stream.of(position, position, type, at).toList())
                .update();
    }
}
