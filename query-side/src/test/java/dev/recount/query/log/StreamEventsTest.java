package dev.recount.query.log;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class StreamEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final int WRITERS = 32;
    private static final int EVENTS_PER_WRITER = 100;
    private static final int READERS = 16;

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private static List<Long> allUpTo(long position) {
        return LongStream.rangeClosed(1, position).boxed().toList();
    }

    /** The first time is its creation. */
    private static void touch(QueryServer at, long issue, long sequence) {
        at.append(
                sequence == 0
                        ? Events.issue(NOON, issue, OPEN, null)
                        : Events.of(NOON, "issue-" + issue, sequence, new IssueTouched(issue, sequence + 1)));
    }

    private LogTail tail(QueryServer of) {
        return of.context().getBean(LogTail.class);
    }

    @Test
    void events_are_told_as_pages_show_them_from_now_on() throws Exception {
        server.append(Events.issue(NOON, 1, OPEN, null));
        try (var reader = EventReader.open(server, "/events/stream")) {
            assertThat(reader.nextBlock()).contains(new EventReader.Block(server.position(1), null));
            server.append(Events.of(NOON, "issue-1", 1, new IssueRetitled(1, "a\nb", "🦋\r\u2028", 2)));
            touch(server, 2, 0);
            var first = reader.next();
            assertThat(reader.lastEventId()).isEqualTo(server.position(2));
            var second = reader.next();
            assertThat(List.of(first, second))
                    .isEqualTo(server.get("/events?after=1")
                            .json()
                            .get("results")
                            .valueStream()
                            .toList());
        }
    }

    @Test
    void a_reader_begins_where_it_says() throws Exception {
        for (var issue = 1; issue <= 5; issue++) {
            touch(server, issue, 0);
        }
        try (var whole = EventReader.open(server, "/events/stream?after=0");
                var rest = EventReader.open(server, "/events/stream?after=3");
                var resumed = EventReader.resume(server, "/events/stream?after=0", "4")) {
            assertThat(whole.next().get("position").asLong()).isEqualTo(1);
            assertThat(rest.next().get("position").asLong()).isEqualTo(4);
            assertThat(resumed.next().get("position").asLong()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "01", "9223372036854775808"})
    void a_last_event_id_that_is_no_position_is_refused(String id) {
        var answer = server.get("/events/stream", "Last-Event-ID", id);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").propertyNames()).containsExactly("Last-Event-ID");
        assertThat(server.get("/events/stream", "Last-Event-ID", "1", "Last-Event-ID", "2")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_position_that_the_log_does_not_have_is_told_by_an_error_event_and_the_end() throws Exception {
        touch(server, 1, 0);
        for (var id : List.of("2", server.position(2), "9223372036854775807")) {
            refused("/events/stream", id, "position-beyond-log");
            refused("/events/stream?after=" + id, null, "position-beyond-log");
        }
        refused("/events/stream", "1@000000000000", "other-log");
        refused("/events/stream?after=0@000000000000", null, "other-log");
        assertThat(server.sendForText("HEAD", "/events/stream", "Last-Event-ID", "2")
                        .statusCode())
                .isEqualTo(400);
        assertThat(tail(server).listeners()).isZero();
    }

    private void refused(String address, String lastEventId, String code) throws IOException {
        try (var reader = EventReader.resume(server, address, lastEventId)) {
            var problem = reader.nextBlock().orElseThrow().event();
            assertThat(reader.type()).isEqualTo("error");
            assertThat(problem.get("code").asString()).isEqualTo(code);
            assertThat(problem.get("status").asInt()).isEqualTo(400);
            assertThat(reader.nextBlock()).isEmpty();
            assertThat(reader.lastEventId()).isEqualTo(lastEventId);
        }
    }

    @Test
    void a_stream_ends_with_an_error_event_when_the_log_is_set_back() throws Exception {
        for (var issue = 1; issue <= 5; issue++) {
            touch(server, issue, 0);
        }
        try (var reader = EventReader.open(server, "/events/stream?after=4")) {
            assertThat(reader.next().get("position").asLong()).isEqualTo(5);
            var before = reader.lastEventId();
            database.setLogBackTo(3);
            var problem = reader.next();
            assertThat(reader.type()).isEqualTo("error");
            assertThat(problem.get("code").asString()).isEqualTo("other-log");
            assertThat(reader.nextBlock()).isEmpty();
            assertThat(reader.lastEventId()).isEqualTo(before);
            refused("/events/stream", before, "other-log");
        }
        touch(server, 8, 0);
        try (var anew = EventReader.open(server, "/events/stream?after=3")) {
            assertThat(anew.next().get("position").asLong()).isEqualTo(4);
            assertThat(anew.lastEventId()).isEqualTo(server.position(4));
        }
    }

    @Test
    void only_what_passes_the_filter_is_told_whether_it_is_past_or_new() throws Exception {
        server.append(Events.user(NOON, 3, "ada"));
        server.append(Events.issue(NOON, 1, OPEN, null));
        server.append(by(3, Events.issue(NOON, 2, OPEN, null)));
        try (var reader = EventReader.open(server, "/events/stream?after=0&actor=3&type=IssueCreated&issue=2")) {
            assertThat(reader.next().get("position").asLong()).isEqualTo(3);
            await().until(() -> tail(server).after(3).isPresent());
            touch(server, 2, 1);
            server.append(by(3, Events.of(NOON, "issue-2", 2, new IssueTouched(2, 2))));
            // Sent without an event, so that a client that reconnects need not search these again.
            EventReader.Block block;
            do {
                block = reader.nextBlock().orElseThrow();
                assertThat(block.event()).isNull();
            } while (!block.id().equals(server.position(5)));
        }
    }

    private static List<DomainEventMessage<?>> by(long actor, List<DomainEventMessage<?>> events) {
        return events.stream()
                .<DomainEventMessage<?>>map(event -> event.andMetaData(Map.of(EventMetadata.ACTOR, "" + actor)))
                .toList();
    }

    @Test
    void under_32_writers_readers_that_are_cut_off_on_two_nodes_miss_nothing_and_get_nothing_twice() throws Exception {
        var last = WRITERS * EVENTS_PER_WRITER;
        try (var other = QueryServer.on(database);
                var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var nodes = List.of(server, other);
            var reads = new ArrayList<Future<List<Long>>>();
            for (var reader = 0; reader < READERS; reader++) {
                var random = new Random(reader);
                reads.add(tasks.submit(() -> positions(nodes, last, random)));
            }
            var writes = new ArrayList<Future<?>>();
            for (var writer = 1; writer <= WRITERS; writer++) {
                var issue = writer;
                writes.add(tasks.submit(() -> {
                    for (var sequence = 0; sequence < EVENTS_PER_WRITER; sequence++) {
                        touch(nodes.get(issue % 2), issue, sequence);
                    }
                }));
            }
            for (var write : writes) {
                write.get();
            }
            for (var read : reads) {
                assertThat(read.get()).isEqualTo(allUpTo(last));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> tail(server).listeners() + tail(other).listeners() == 0);
        }
    }

    /** Reads to the last position and is cut off every now and then, to come back on either node. */
    private static List<Long> positions(List<QueryServer> nodes, long last, Random random) throws IOException {
        var positions = new ArrayList<Long>();
        var lastEventId = "0";
        while (!lastEventId.startsWith(last + "@")) {
            try (var reader = EventReader.resume(nodes.get(random.nextInt(2)), "/events/stream", lastEventId)) {
                for (var left = 50 + random.nextInt(800); left > 0 && !lastEventId.startsWith(last + "@"); left--) {
                    var event = reader.next();
                    positions.add(event.get("position").asLong());
                    lastEventId = reader.lastEventId();
                }
            }
        }
        return positions;
    }

    @Test
    void a_reader_that_is_slower_than_the_writers_gets_everything_from_the_log() throws Exception {
        var text = "x".repeat(100_000);
        // It reads nothing for as long as this takes to write.
        try (var patient =
                        QueryServer.on(database, "--recount.web.min-rate=0", "--server.tomcat.connection-timeout=10m");
                var slow = EventReader.open(patient, "/events/stream");
                var quick = EventReader.open(patient, "/events/stream")) {
            // Far more than is remembered, and than fits into the buffers of a connection.
            touch(server, 1, 0);
            quick.next();
            for (var sequence = 1; sequence < 250; sequence++) {
                server.append(Events.of(NOON, "issue-1", sequence, new IssueDescriptionChanged(1, text, sequence + 1)));
                assertThat(quick.next().get("position").asLong()).isEqualTo(sequence + 1);
            }
            assertThat(tail(patient).after(1)).isEmpty();
            for (var position = 1L; position <= 250; position++) {
                assertThat(slow.next().get("position").asLong()).isEqualTo(position);
            }
        }
    }

    @Test
    void many_readers_are_told_of_an_event_and_leave_nothing_behind() throws Exception {
        var readers = new ArrayList<EventReader>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var opened : tasks.invokeAll(Collections.nCopies(
                    200, (Callable<EventReader>) () -> EventReader.open(server, "/events/stream")))) {
                readers.add(opened.get());
            }
            await().until(() -> tail(server).listeners() == readers.size());
            for (var sequence = 0; sequence < 20; sequence++) {
                touch(server, 1, sequence);
                for (var reader : readers) {
                    assertThat(reader.next().get("position").asLong()).isEqualTo(sequence + 1);
                }
            }
        } finally {
            readers.forEach(EventReader::close);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> tail(server).listeners() == 0);
    }

    @Test
    void a_node_that_stops_ends_its_streams_at_once_and_another_goes_on() throws Exception {
        try (var second = QueryServer.on(database, "--server.shutdown=graceful");
                var reader = EventReader.open(second, "/events/stream")) {
            touch(server, 1, 0);
            reader.next();
            var before = Instant.now();
            second.context().close();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
            while (reader.nextBlock().isPresent()) {
                assertThat(reader.lastEventId()).isEqualTo(server.position(1));
            }
            touch(server, 1, 1);
            try (var resumed = EventReader.resume(server, "/events/stream", reader.lastEventId())) {
                assertThat(resumed.next().get("position").asLong()).isEqualTo(2);
            }
        }
    }

    @Test
    void another_media_type_is_refused() {
        assertThat(server.get("/events/stream", "Accept", "application/json").code())
                .isEqualTo("not-acceptable");
    }
}
