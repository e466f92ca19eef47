package dev.recount.query.log;

import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.append.LogRestoration;
import dev.recount.eventstore.append.RestoredEvent;
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
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadHistoryTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private static TestDatabase database;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, List.of(Poked.Now.class));
        server.append(Events.issue(NOON, 1, OPEN, null));
        var retitled = new GenericDomainEventMessage<>(
                "issue",
                "issue-1",
                1,
                new IssueRetitled(1, "Issue 1", "Recount", 2),
                MetaData.from(Map.of(
                        EventMetadata.ACTOR, "3",
                        EventMetadata.REQUEST_ID, "r-1",
                        EventMetadata.CAUSATION, "import 5 row 2",
                        EventMetadata.IDEMPOTENCY_KEY, "k-1")),
                new UUID(0, 11).toString(),
                NOON.plusNanos(1_000));
        server.append(List.of(retitled));
        try (var past = EventStoreNode.on(database.dataSource(), Poked.Then.class)) {
            past.store()
                    .publish(List.of(new GenericDomainEventMessage<>(
                            "issue",
                            "issue-1",
                            2,
                            new Poked(1),
                            MetaData.emptyInstance(),
                            new UUID(0, 12).toString(),
                            NOON)));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void every_event_is_shown_as_it_is_stored_and_as_it_is_read_today() {
        var answer = server.get("/issues/1/history?after=0");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Vary")).isEqualTo("Accept");
        assertThat(answer.json()).isEqualTo(parse("""
            {"next": null, "results": [
              {"position": 2, "stream": "issue-1", "sequence": 1,
               "event_id": "00000000-0000-0000-0000-00000000000b", "recorded_at": "2026-01-09T12:00:00.000001Z",
               "actor": 3, "request_id": "r-1", "causation": "import 5 row 2", "idempotency_key": "k-1",
               "type": "IssueRetitled", "revision": 1,
               "payload": {"issueId": 1, "from": "Issue 1", "to": "Recount", "version": 2},
               "current": {"type": "IssueRetitled", "revision": 1,
                 "payload": {"issueId": 1, "from": "Issue 1", "to": "Recount", "version": 2}},
               "metadata": {"actor": "3", "requestId": "r-1", "causation": "import 5 row 2", "idempotencyKey": "k-1"}},
              {"position": 3, "stream": "issue-1", "sequence": 2,
               "event_id": "00000000-0000-0000-0000-00000000000c", "recorded_at": "2026-01-09T12:00:00Z",
               "actor": null, "request_id": null, "causation": null, "idempotency_key": null,
               "type": "IssuePoked", "revision": 3, "payload": {"issueId": 1},
               "current": {"type": "IssueTouched", "revision": 1, "payload": {"issueId": 1, "version": 9}},
               "metadata": {}}
            ]}
            """));
        assertThat(server.get("/issues/1/history").json().get("results")).hasSize(3);
    }

    @Test
    void an_issue_of_the_time_before_labels_and_priorities_is_shown_with_none() {
        server.context()
                .getBean(LogRestoration.class)
                .append(List.of(new RestoredEvent("issue-9", 0, new UUID(0, 13), "IssueCreated", 1, """
                    {"issueId": 9, "title": "Old", "description": "", "status": "open", "assignee": null, "version": 1}
                    """, "{}", NOON)));
        var event = server.get("/issues/9/history").json().get("results").get(0);
        assertThat(event.get("revision").asInt()).isEqualTo(1);
        assertThat(event.get("payload").has("labels")).isFalse();
        assertThat(event.get("current")).isEqualTo(parse("""
            {"type": "IssueCreated", "revision": 3,
             "payload": {"issueId": 9, "title": "Old", "description": "", "status": "open", "assignee": null,
                         "version": 1, "labels": [], "priority": "none"}}
            """));
    }

    @Test
    void a_long_history_comes_in_pages_or_as_lines() {
        var touches = new ArrayList<DomainEventMessage<?>>(Events.issue(NOON, 2, OPEN, null));
        for (var version = 2L; version <= 12_000; version++) {
            touches.addAll(Events.of(NOON, "issue-2", version - 1, new IssueTouched(2, version)));
        }
        for (var from = 0; from < touches.size(); from += 4_000) {
            server.append(touches.subList(from, from + 4_000));
        }
        var sequences = new ArrayList<Long>();
        var pages = 0;
        for (var next = "/issues/2/history?limit=9999"; next != null; pages++) {
            var page = server.get(next).json();
            page.get("results")
                    .forEach(event -> sequences.add(event.get("sequence").asLong()));
            next = page.get("next").asString(null);
        }
        assertThat(pages).isEqualTo(3);
        assertThat(sequences).hasSize(12_000).isSorted().doesNotHaveDuplicates();
        assertThat(server.get("/issues/2/history?limit=2&after=0")
                        .json()
                        .get("next")
                        .asString())
                .isEqualTo(
                        "/issues/2/history?limit=2&after=" + server.position(2).replace("@", "%40"));
        assertThat(server.get("/issues/2/history").json().get("results")).hasSize(100);
        var lines = server.getText("/issues/2/history?after=4", "Accept", "application/x-ndjson")
                .body()
                .lines()
                .map(line -> parse(line).get("sequence").asLong())
                .toList();
        assertThat(lines).isEqualTo(sequences.subList(5, 12_000));
    }

    @Test
    void what_lies_behind_the_end_is_nothing() {
        for (var after : List.of("2", server.position(2))) {
            assertThat(server.get("/issues/1/history?after=" + after).json())
                    .isEqualTo(parse("{\"next\": null, \"results\": []}"));
        }
        for (var after : List.of("3", "9223372036854775807")) {
            assertThat(server.get("/issues/1/history?after=" + after).code()).isEqualTo("position-beyond-log");
        }
        assertThat(server.get("/issues/1/history?after=2@000000000000").code()).isEqualTo("other-log");
        assertThat(server.get("/issues/1/history?after=1&limit=1")
                        .json()
                        .get("next")
                        .isNull())
                .isTrue();
    }

    @Test
    void an_event_is_read_as_soon_as_it_is_in_the_log() {
        for (var issue = 100L; issue < 120; issue++) {
            server.append(Events.issue(NOON, issue, OPEN, null));
            assertThat(server.get("/issues/" + issue + "/history").json().get("results"))
                    .hasSize(1);
            assertThat(server.get("/events?issue=" + issue).json().get("results"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "0", "-1", "01", "one", "9223372036854775807", "9223372036854775808"})
    void an_id_that_no_issue_ever_had_is_not_found(String id) {
        var answer = server.get("/issues/" + id + "/history?limit=-1");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("unknown-issue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"after=-1", "after=x", "after=", "after=1&after=1", "limit=0", "limit=-1", "limit=1&limit=2"})
    void bad_parameters_are_refused(String query) {
        var answer = server.get("/issues/1/history?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").propertyNames()).containsExactly(query.substring(0, query.indexOf('=')));
    }
}
