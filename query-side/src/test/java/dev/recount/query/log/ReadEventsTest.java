package dev.recount.query.log;

import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.Poked;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReadEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-01-09T13:00:00Z");
    private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    private static final String NDJSON = "application/x-ndjson";

    private static TestDatabase database;
    private static QueryServer server;

    /** Nine events, the third recorded before the second. */
    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, List.of(Poked.Now.class));
        server.append(Events.user(NOON, 1, "admin"));
        server.append(Events.issue(ONE, 7, OPEN, 1L));
        server.append(Events.issue(NOON, 8, OPEN, null));
        for (var version = 2; version <= 6; version++) {
            server.append(by(
                    1,
                    Events.of(ONE, "issue-7", version - 1, new IssueRetitled(7, "a", "version " + version, version))));
        }
        try (var past = EventStoreNode.on(database.dataSource(), Poked.Then.class)) {
            past.store()
                    .publish(List.of(new GenericDomainEventMessage<>(
                            "issue",
                            "issue-8",
                            1,
                            new Poked(8),
                            MetaData.from(Map.of("actor", "1", "requestId", "r-9")),
                            new UUID(0, 9).toString(),
                            ONE)));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static List<DomainEventMessage<?>> by(long actor, List<DomainEventMessage<?>> events) {
        return events.stream()
                .<DomainEventMessage<?>>map(event -> event.andMetaData(Map.of(EventMetadata.ACTOR, "" + actor)))
                .toList();
    }

    private static List<Long> positions(Iterable<JsonNode> events) {
        return StreamSupport.stream(events.spliterator(), false)
                .map(event -> event.get("position").asLong())
                .toList();
    }

    private static List<Long> positions(String address) {
        return positions(server.get(address).json().get("results"));
    }

    /** The address behind a position. */
    private static String next(String address, long after) {
        return address + "&after=" + server.position(after).replace("@", "%40");
    }

    @ParameterizedTest
    @CsvSource({
        "/events?after=%s, after",
        "/events?limit=1&after=%s, after",
        "/issues?as_of=%s, as_of",
        "/issues/7?as_of=%s, as_of",
        "/reports/workload?as_of=%s, as_of",
        "/issues/7/diff?from=1&to=position:%s, to"
    })
    void a_position_that_the_log_does_not_have_is_refused(String address, String parameter) {
        for (var beyond : List.of("10", server.position(10), "9223372036854775807")) {
            var answer = server.get(address.formatted(beyond));
            assertThat(answer.status()).as(beyond).isEqualTo(400);
            assertThat(answer.code()).as(beyond).isEqualTo("position-beyond-log");
            assertThat(answer.json().get("errors").propertyNames()).containsExactly(parameter);
            assertThat(answer.json().get("head").asLong()).isEqualTo(9);
        }
        var other = server.get(address.formatted("9@000000000000"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.code()).isEqualTo("other-log");
        assertThat(other.json().get("detail").asString()).contains("Start anew from 0");
        assertThat(server.get(address.formatted(server.position(9))).status()).isEqualTo(200);
    }

    @Test
    void the_log_is_read_in_pages_to_its_end() {
        assertThat(positions("/events")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        var read = new ArrayList<Long>();
        var links = new ArrayList<String>();
        for (var next = "/events?limit=4"; next != null; ) {
            var page = server.get(next);
            read.addAll(positions(page.json().get("results")));
            next = page.json().get("next").asString(null);
            assertThat(page.header("Link")).isEqualTo(next == null ? null : "<" + next + ">; rel=\"next\"");
            links.add(next);
        }
        assertThat(read).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(links).containsExactly(next("/events?limit=4", 4), next("/events?limit=4", 8), null);
        assertThat(positions("/events?after=9")).isEmpty();
        assertThat(positions("/events?after=0007&limit=1")).containsExactly(8L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=UserRegistered | 1",
                "type=IssueRetitled&after=4&limit=2 | 5 6",
                "actor=1 | 4 5 6 7 8 9",
                "issue=8 | 3 9",
                "issue=8&actor=1 | 9",
                "issue=7&type=IssueRetitled&after=6 | 7 8",
                "from=2026-01-09T13:00:00Z | 2 4 5 6 7 8 9",
                "to=2026-01-09T13:00:00Z | 1 3",
                "from=2026-01-09T12:00:00.000001Z&to=2026-01-09T13:00:00.000000001Z&type=IssueCreated | 2",
                "from=2026-01-09T14:00%2B01:00&type=IssueCreated | 2",
                "from=2026-01-09T12:00:00Z&to=2026-01-09T12:00:00Z |",
                "from=9999-12-31T23:59:59Z |",
                "to=0001-01-01T00:00:00-18:00 |"
            })
    void filters_leave_what_meets_them_all(String query, String expected) {
        var positions = expected == null
                ? List.<Long>of()
                : List.of(expected.split(" ")).stream().map(Long::valueOf).toList();
        assertThat(positions("/events?" + query)).isEqualTo(positions);
    }

    @Test
    void lines_go_to_the_end_unless_a_limit_is_given() {
        var answer = server.getText("/events", "Accept", NDJSON);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualTo(NDJSON);
        var lines = answer.body().lines().map(line -> parse(line)).toList();
        assertThat(answer.body()).endsWith("}\n");
        assertThat(lines)
                .isEqualTo(server.get("/events")
                        .json()
                        .get("results")
                        .valueStream()
                        .toList());
        var some = server.getText("/events?limit=2&type=IssueRetitled", "Accept", NDJSON)
                .body()
                .lines()
                .map(line -> parse(line))
                .toList();
        assertThat(positions(some)).containsExactly(4L, 5L);
        assertThat(server.getText("/events?after=9", "Accept", NDJSON).body()).isEmpty();
    }

    @Test
    void a_cloud_event_carries_todays_form() {
        var answer = server.get("/events?issue=8&after=3", "Accept", CLOUD_EVENTS);
        assertThat(answer.header("Content-Type")).isEqualTo(CLOUD_EVENTS);
        assertThat(answer.json()).isEqualTo(parse("""
            [{"specversion": "1.0", "id": "00000000-0000-0000-0000-000000000009", "source": "urn:recount:log",
              "type": "dev.recount.IssueTouched", "subject": "issue-8", "time": "2026-01-09T13:00:00Z",
              "sequence": "0000000000000000009", "streamsequence": 1, "actor": "1", "requestid": "r-9",
              "datacontenttype": "application/json", "dataschema": "urn:recount:event:IssueTouched:1",
              "data": {"issueId": 8, "version": 9}}]
            """));
        var first = server.get("/events?limit=2", "Accept", CLOUD_EVENTS);
        assertThat(first.json()).hasSize(2);
        assertThat(first.header("Link")).isEqualTo("<" + next("/events?limit=2", 2) + ">; rel=\"next\"");
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, application/json",
        "application/*, application/json",
        "'application/x-ndjson, application/json;q=0.5', application/x-ndjson",
        "'application/cloudevents-batch+json, */*', application/cloudevents-batch+json"
    })
    void the_client_chooses_the_format(String accept, String contentType) {
        assertThat(server.getText("/events", "Accept", accept).headers().firstValue("Content-Type"))
                .contains(contentType);
    }

    @Test
    void a_format_that_there_is_not_is_refused() {
        for (var accept : List.of("text/html", "application/json;q=0", "nonsense")) {
            var answer = server.get("/events", "Accept", accept);
            assertThat(answer.status()).isEqualTo(406);
            assertThat(answer.code()).isEqualTo("not-acceptable");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=IssueGone | type",
                "type= | type",
                "type=issuecreated | type",
                "type=IssueCreated&type=IssueCreated | type",
                "actor=2 | actor",
                "actor=x | actor",
                "actor=%00 | actor",
                "issue=9 | issue",
                "issue=-7 | issue",
                "from=yesterday | from",
                "from=2026-02-30T00:00:00Z | from",
                "from=2026-01-09 | from",
                "from=2026-01-09T12:00:00 | from",
                "from=0000-01-09T12:00:00Z | from",
                "from=%2B99999-01-09T12:00:00Z | from",
                "to=2026-01-09T12:00:00%2B19:00 | to",
                "from=2026-01-09T13:00:00Z&to=2026-01-09T12:00:00Z | from",
                "after=-1 | after",
                "after=9223372036854775808 | after",
                "limit=0 | limit",
                "limit=ten | limit"
            })
    void what_there_is_not_is_refused(String query, String field) {
        for (var address : List.of("/events", "/events/stream")) {
            if (address.equals("/events") || !field.equals("limit")) {
                var answer = server.get(address + "?" + query);
                assertThat(answer.status()).as(address).isEqualTo(400);
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.json().get("errors").propertyNames()).containsExactly(field);
            }
        }
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var answer = server.get("/events?type=x&actor=99&issue=99&from=x&to=x&after=x&limit=x");
        assertThat(answer.json().get("errors").propertyNames())
                .containsExactlyInAnyOrder("type", "actor", "issue", "from", "to", "after", "limit");
    }

    @Test
    void a_position_that_the_log_has_not_reached_is_told_to_whoever_insists_on_it() {
        assertThat(server.get("/events", "Min-Event-Position", "9").status()).isEqualTo(200);
        for (var address : List.of("/events", "/events/stream", "/issues/7/history", "/issues", "/issues/7")) {
            var answer = server.get(address, "Min-Event-Position", "10");
            assertThat(answer.status()).as(address).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("position-beyond-log");
            assertThat(answer.json().get("head").asLong()).isEqualTo(9);
            assertThat(server.get(address, "Min-Event-Position", "x").status()).isEqualTo(400);
            assertThat(server.get(address, "Min-Event-Position", "9@000000000000")
                            .code())
                    .isEqualTo("other-log");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/events/stream", "/issues/7/history"})
    void the_log_is_only_read(String address) {
        assertThat(server.send("POST", address).code()).isEqualTo("method-not-allowed");
        assertThat(server.getText(address + "/", "Accept", "*/*").statusCode()).isEqualTo(404);
        var head = server.sendForText("HEAD", address);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }
}
