package dev.recount.query.admin;

import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The timeline refuses each change of a title to "poison", as long as its table does. */
class DeadLettersOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final String LETTERS = "/projections/timeline/dead-letters";
    private static final String REASON = """
        {"reason": " the importer wrote it twice "}
        """;

    private TestDatabase database;
    private QueryServer server;
    private JdbcClient sql;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        server = QueryServer.on(database);
        sql.sql("ALTER TABLE timeline_entry ADD CONSTRAINT squeamish CHECK (details ->> 'title' <> 'poison')")
                .update();
        server.append(Events.user(NOON, 1, "admin"));
        // Positions 2 to 5: the third is refused, the fourth waits.
        poison(1, "poison", "clean");
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void poison(long issue, String... titles) {
        server.append(Events.issue(NOON, issue, OPEN, null));
        var sequence = 1;
        for (var title : titles) {
            server.append(
                    Events.of(NOON, "issue-" + issue, sequence, new IssueRetitled(issue, "before", title, ++sequence)));
        }
        assertThat(server.get("/issues/" + issue + "/timeline").status()).isEqualTo(200);
    }

    private void nothingIsRefusedAnyMore() {
        sql.sql("ALTER TABLE timeline_entry DROP CONSTRAINT squeamish").update();
    }

    private List<String> timeline() {
        return server.get("/issues/1/timeline")
                .json()
                .valueStream()
                .map(entry -> entry.get("type").asString())
                .toList();
    }

    private static List<Long> positions(HttpAnswer answer) {
        return answer.json()
                .get("results")
                .valueStream()
                .map(letter -> letter.get("position").asLong())
                .toList();
    }

    /** Without what differs from run to run. */
    private static JsonNode withoutTimes(JsonNode letter) {
        return ((ObjectNode) letter.deepCopy()).remove(List.of("parked_at", "tried_at", "discarded_at", "cause"));
    }

    @Test
    void what_was_refused_is_listed_and_what_waits_is_counted() {
        var answer = server.get(LETTERS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("count").asLong()).isOne();
        assertThat(answer.json().get("next").isNull()).isTrue();
        var letter = answer.json().get("results").get(0);
        assertThat(withoutTimes(letter)).isEqualTo(parse("""
            {
              "projection": "timeline", "position": 3, "stream": "issue-1", "sequence": 1, "type": "IssueRetitled",
              "attempts": 1, "waiting": 1
            }
            """));
        assertThat(letter.get("cause").asString()).contains("squeamish");
        assertThat(Instant.parse(letter.get("parked_at").asString())).isBefore(Instant.now());
        assertThat(letter.get("tried_at")).isEqualTo(letter.get("parked_at"));
        assertThat(server.get(LETTERS + "/3").json()).isEqualTo(letter);
        var projection = server.get("/projections/timeline").json();
        assertThat(projection.get("state").asString()).isEqualTo("live");
        assertThat(projection.get("dead_letters").asLong()).isOne();
        assertThat(projection.get("waiting_events").asLong()).isOne();
        assertThat(projection.get("lag_events").asLong()).isZero();
    }

    @Test
    void an_event_that_waits_can_be_looked_at() {
        var waiting = server.get(LETTERS + "/4").json();
        assertThat(waiting.get("attempts").asInt()).isZero();
        assertThat(waiting.get("cause").isNull()).isTrue();
        assertThat(waiting.get("tried_at").isNull()).isTrue();
    }

    @Test
    void there_may_be_more_letters_than_one_page_shows() {
        for (var issue = 2L; issue <= 12; issue++) {
            poison(issue, "poison");
        }
        var first = server.get(LETTERS);
        assertThat(first.json().get("count").asLong()).isEqualTo(12);
        assertThat(positions(first)).hasSize(10).isSorted();
        var next = server.get(first.json().get("next").asString());
        assertThat(positions(next)).hasSize(2).isSorted();
        assertThat(positions(next).getFirst()).isGreaterThan(positions(first).getLast());
        assertThat(next.json().get("next").isNull()).isTrue();
        assertThat(server.get(LETTERS + "?page_size=0").code()).isEqualTo("validation-failed");
        assertThat(server.get(LETTERS + "?after=here").code()).isEqualTo("validation-failed");
    }

    @Test
    void a_letter_is_tried_again_with_what_waits_behind_it() {
        var refused = server.send("POST", LETTERS + "/3/retry");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().get("applied").asLong()).isZero();
        assertThat(refused.json().get("refused").get(0).get("attempts").asInt()).isEqualTo(2);
        assertThat(timeline()).containsExactly("created");
        nothingIsRefusedAnyMore();
        var applied = server.send("POST", LETTERS + "/3/retry");
        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.json()).isEqualTo(parse("""
            {"applied": 2, "refused": []}
            """));
        assertThat(timeline()).containsExactly("created", "title_change", "title_change");
        assertThat(server.get(LETTERS).json().get("count").asLong()).isZero();
        assertThat(server.send("POST", LETTERS + "/3/retry").code()).isEqualTo("unknown-dead-letter");
    }

    @Test
    void all_letters_are_tried_again_at_once() {
        poison(2, "poison");
        poison(3, "poison", "clean");
        sql.sql("ALTER TABLE timeline_entry DROP CONSTRAINT squeamish").update();
        sql.sql("""
            ALTER TABLE timeline_entry ADD CONSTRAINT squeamish CHECK (issue_id <> 2 OR details ->> 'title' <> 'poison')
            """).update();
        var answer = server.send("POST", LETTERS + "/retry");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("applied").asLong()).isEqualTo(4);
        assertThat(answer.json()
                        .get("refused")
                        .valueStream()
                        .map(letter -> letter.get("stream").asString()))
                .containsExactly("issue-2");
        assertThat(server.send("POST", "/projections/issue-list/dead-letters/retry")
                        .json())
                .isEqualTo(parse("""
                    {"applied": 0, "refused": []}
                    """));
    }

    @Test
    void a_refused_event_is_discarded_for_a_reason_by_a_user() {
        var answer = server.post(LETTERS + "/3/discard", REASON, "X-User-Id", "1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            {"applied": 1, "refused": []}
            """));
        assertThat(timeline()).containsExactly("created", "title_change");
        var discarded = server.get("/projections/timeline/discarded-events");
        assertThat(discarded.status()).isEqualTo(200);
        assertThat(discarded.json().get("count").asLong()).isOne();
        var event = discarded.json().get("results").get(0);
        assertThat(withoutTimes(event)).isEqualTo(parse("""
            {
              "projection": "timeline", "position": 3, "stream": "issue-1", "sequence": 1, "type": "IssueRetitled",
              "reason": "the importer wrote it twice", "actor": 1
            }
            """));
        assertThat(event.get("cause").asString()).contains("squeamish");
        assertThat(Instant.parse(event.get("discarded_at").asString())).isBefore(Instant.now());
        assertThat(server.post(LETTERS + "/3/discard", REASON).code()).isEqualTo("unknown-dead-letter");
        assertThat(server.get("/projections/issue-list/discarded-events")
                        .json()
                        .get("count")
                        .asLong())
                .isZero();
    }

    @Test
    void an_event_that_only_waits_is_not_discarded() {
        var answer = server.post(LETTERS + "/4/discard", REASON);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("dead-letter-waits");
        assertThat(server.get(LETTERS + "/4").status()).isEqualTo(200);
    }

    @Test
    void a_reason_has_to_be_given() {
        var bodies = List.of(
                "{}", "{\"reason\": \"\"}", "{\"reason\": \"\u00a0\"}", "{\"reason\": null}", "{\"reason\": 7}");
        for (var body : bodies) {
            var answer = server.post(LETTERS + "/3/discard", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).as(body).isEqualTo("validation-failed");
            assertThat(answer.json().get("errors").propertyNames()).containsExactly("reason");
        }
        assertThat(server.get(LETTERS + "/3").status()).isEqualTo(200);
    }

    @Test
    void a_body_that_is_none_is_told_so_and_nothing_is_discarded() {
        assertThat(server.post(LETTERS + "/3/discard", "").code()).isEqualTo("malformed-json");
        assertThat(server.post(LETTERS + "/3/discard", "[]").code()).isEqualTo("validation-failed");
        assertThat(server.post(LETTERS + "/3/discard", "{").code()).isEqualTo("malformed-json");
        var tooLong = "{\"reason\": \"" + "x".repeat(1_001) + "\"}";
        assertThat(server.post(LETTERS + "/3/discard", tooLong).code()).isEqualTo("validation-failed");
        assertThat(server.post(LETTERS + "/3/discard", REASON, "X-User-Id", "77")
                        .code())
                .isEqualTo("unknown-user");
        assertThat(server.send("POST", LETTERS + "/3/discard").code()).isEqualTo("malformed-json");
        var text = BodyPublishers.ofString(REASON);
        assertThat(server.send("POST", LETTERS + "/3/discard", text, "Content-Type", "text/plain")
                        .code())
                .isEqualTo("unsupported-media-type");
        assertThat(server.send("GET", LETTERS + "/3/discard").code()).isEqualTo("method-not-allowed");
        assertThat(server.get(LETTERS + "/3").status()).isEqualTo(200);
    }

    @Test
    void a_position_without_a_letter_is_not_found() {
        for (var position : List.of("2", "77", "0", "03", "first", "9223372036854775808")) {
            for (var answer : List.of(
                    server.get(LETTERS + "/" + position),
                    server.send("POST", LETTERS + "/" + position + "/retry"),
                    server.post(LETTERS + "/" + position + "/discard", "{"))) {
                assertThat(answer.status()).as(position).isEqualTo(404);
                assertThat(answer.code()).as(position).isEqualTo("unknown-dead-letter");
            }
        }
    }

    @Test
    void the_projection_is_looked_for_first() {
        for (var answer : List.of(
                server.send("POST", "/projections/unknown/dead-letters/retry"),
                server.send("POST", "/projections/unknown/dead-letters/3/retry"),
                server.post("/projections/unknown/dead-letters/3/discard", "{"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("unknown-projection");
        }
    }

    @Test
    void only_a_node_that_knows_the_rows_writes_them() {
        sql.sql("UPDATE projection SET version = version + 1 WHERE name = 'timeline'")
                .update();
        for (var answer : List.of(
                server.send("POST", LETTERS + "/retry"),
                server.send("POST", LETTERS + "/3/retry"),
                server.post(LETTERS + "/3/discard", REASON))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("newer-projection");
        }
        assertThat(server.get(LETTERS + "/3").status()).isEqualTo(200);
    }
}
