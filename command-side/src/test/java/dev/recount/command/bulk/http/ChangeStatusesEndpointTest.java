package dev.recount.command.bulk.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.Clients;
import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChangeStatusesEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();
    private static final String PATH = "/issues/bulk-status";

    private JsonNode first;
    private long a;
    private long b;
    private long c;

    @BeforeEach
    void create() {
        first = newIssue();
        a = first.path("id").asLong();
        b = newIssue().path("id").asLong();
        c = newIssue().path("id").asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void all_issues_are_answered_in_full_and_in_the_order_of_the_request(String method) {
        Answer answer = SERVER.send(method, PATH, list(item(c, "closed"), item(a, "resolved"), item(b, "open")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().valueStream().map(issue -> issue.path("id").asLong()))
                .containsExactly(c, a, b);
        assertThat(answer.json().valueStream().map(issue -> issue.path("status").asString()))
                .containsExactly("closed", "resolved", "open");
        assertThat(answer.json()
                        .valueStream()
                        .map(issue -> issue.path("version").asLong()))
                .containsOnly(2L);
        JsonNode changed = answer.json().path(1);
        assertThat(changed.propertyNames()).containsExactlyElementsOf(first.propertyNames());
        assertThat(changed.path("title")).isEqualTo(first.path("title"));
        assertThat(changed.path("description")).isEqualTo(first.path("description"));
        assertThat(changed.path("assignee")).isEqualTo(first.path("assignee"));
        assertThat(changed.path("created_at")).isEqualTo(first.path("created_at"));
        assertThat(changed.path("updated_at")).isNotEqualTo(first.path("updated_at"));
    }

    @Test
    void all_events_are_in_one_append_and_name_the_bulk_change_as_their_cause() {
        long head = SERVER.log().head();
        Answer answer = SERVER.send(
                "PUT",
                PATH,
                list(item(c, "closed"), item(a, "open"), item(b, "in_progress")),
                "X-User-Id",
                "1",
                "X-Request-Id",
                "r-42",
                "Idempotency-Key",
                "k-7");
        String bulk = UUID.fromString(answer.header("Bulk-Id")).toString();
        List<TrackedEventMessage<?>> appended = SERVER.log().readAfter(head, 10);
        assertThat(appended)
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(
                        new IssueStatusChanged(c, IssueStatus.OPEN, IssueStatus.CLOSED, 2),
                        new IssueTouched(a, 2),
                        new IssueStatusChanged(b, IssueStatus.OPEN, IssueStatus.IN_PROGRESS, 2),
                        new BulkChangeApplied(
                                UUID.fromString(bulk),
                                List.of(
                                        new ChangedStatus(c, IssueStatus.OPEN, IssueStatus.CLOSED, 2, 1),
                                        new ChangedStatus(a, IssueStatus.OPEN, IssueStatus.OPEN, 2, 1),
                                        new ChangedStatus(b, IssueStatus.OPEN, IssueStatus.IN_PROGRESS, 2, 1))));
        assertThat(answer.header("Event-Position")).isEqualTo(SERVER.position(head + 4));
        assertThat(appended)
                .extracting(message -> Map.copyOf(message.getMetaData()))
                .containsOnly(Map.of(
                        "actor", "1", "requestId", "r-42", "idempotencyKey", "k-7", "causation", "bulk " + bulk));
    }

    @Test
    void an_item_may_carry_the_version_it_expects_and_what_else_it_carries_is_ignored() {
        Answer answer = SERVER.send(
                "PUT",
                PATH,
                list(
                        "{\"id\": " + a + ", \"status\": \"closed\", \"version\": 1}",
                        "{\"id\": " + b + ", \"status\": \"closed\", \"title\": 7, \"colour\": \"red\"}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path(1).path("title").asString()).isEqualTo("Crash");
    }

    @Test
    void nothing_to_change_is_no_error() {
        long head = SERVER.log().head();
        Answer answer = SERVER.send("PUT", PATH, "[]");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(SERVER.log().head()).isEqualTo(head);
        assertThat(answer.header("Event-Position")).isEqualTo(SERVER.position(head));
        assertThat(answer.header("Bulk-Id")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"status": "closed"}                                          | [1].id      | is required
        {"id": null, "status": "closed"}                              | [1].id      | must not be null
        {"id": "2", "status": "closed"}                               | [1].id      | must be an integer, not a text
        {"id": 2.0, "status": "closed"}                               | [1].id      | must be an integer, not a number
        {"id": 99999999999999999999, "status": "closed"}              | [1].id      | must fit into 64 bits
        {"id": 4711000}                                               | [1].status  | is required
        {"id": 4711000, "status": null}                               | [1].status  | must not be null
        {"id": 4711000, "status": 1}                                  | [1].status  | must be a text, not a number
        {"id": 4711000, "status": "done"}                             | [1].status  | must be one of open, in_progress, resolved, closed
        {"id": 4711000, "status": "closed", "version": null}          | [1].version | must not be null
        {"id": 4711000, "status": "closed", "version": "1"}           | [1].version | must be an integer, not a text
        7                                                             | [1]         | must be an object, not a number
        """)
    void bad_items_are_named_by_their_index(String item, String field, String message) {
        JsonNode problem =
                refused(400, "validation-failed", "PUT", PATH, list(item(a, "closed"), item, item(b, "closed")));
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
        assertThat(problem.path("errors").size()).isEqualTo(1);
    }

    @Test
    void all_bad_items_are_named_at_once() {
        JsonNode problem = refused(
                400,
                "validation-failed",
                "POST",
                PATH,
                list("{}", item(a, "closed"), "[]", item(a, "open"), item(0, "closed"), item(a, "gone")));
        assertThat(problem.path("errors").propertyNames())
                .containsExactlyInAnyOrder("[0].id", "[0].status", "[2]", "[3].id", "[5].status", "[5].id");
    }

    @Test
    void an_issue_may_be_named_once_only() {
        JsonNode problem = refused(
                400, "validation-failed", "PUT", PATH, list(item(a, "closed"), item(b, "closed"), item(a, "closed")));
        assertThat(problem.path("errors").path("[2].id").path(0).asString()).isEqualTo("is that of [0] again: " + a);
        assertThat(problem.path("errors").size()).isEqualTo(1);
        refused(400, "validation-failed", "PUT", PATH, list(item(0, "closed"), item(0, "closed")));
        refused(400, "validation-failed", "PUT", PATH, list(item(4711000, "closed"), item(4711000, "closed")));
    }

    @Test
    void unknown_issues_are_told_by_their_index_and_before_stale_versions() {
        JsonNode problem = refused(
                404,
                "unknown-issue",
                "PUT",
                PATH,
                list(
                        item(a, "closed"),
                        item(4711000, "closed"),
                        "{\"id\": " + b + ", \"status\": \"closed\", \"version\": 7}",
                        item(0, "closed"),
                        item(-3, "closed")));
        assertThat(problem.path("errors").propertyNames()).containsExactly("[1].id", "[3].id", "[4].id");
        assertThat(problem.path("errors").path("[1].id").path(0).asString()).isEqualTo("is no issue: 4711000");
        assertThat(problem.path("items").toString())
                .isEqualTo("[{\"index\":1,\"id\":4711000},{\"index\":3,\"id\":0},{\"index\":4,\"id\":-3}]");
    }

    @Test
    void stale_versions_are_told_by_their_index_with_the_present_ones() {
        SERVER.send("PATCH", "/issues/" + b, "{\"version\": 1}");
        JsonNode problem = refused(
                409,
                "stale-version",
                "PUT",
                PATH,
                list(
                        item(a, "closed"),
                        "{\"id\": " + b + ", \"status\": \"closed\", \"version\": 1}",
                        "{\"id\": " + c + ", \"status\": \"closed\", \"version\": 2}"));
        assertThat(problem.path("items").toString())
                .isEqualTo("[{\"index\":1,\"id\":" + b + ",\"current_version\":2},{\"index\":2,\"id\":" + c
                        + ",\"current_version\":1}]");
        assertThat(problem.path("errors").path("[1].version").path(0).asString())
                .isEqualTo("is 1, but the issue is at version 2");
        assertThat(SERVER.send("PATCH", "/issues/" + a, "{\"version\": 1}").status())
                .as("the good item was not changed either")
                .isEqualTo(200);
    }

    @Test
    void a_thousand_issues_change_together_or_not_at_all() {
        List<Long> ids = Clients.atOnce(
                        8,
                        client -> Stream.generate(ChangeStatusesEndpointTest::newIssue)
                                .limit(125)
                                .map(issue -> issue.path("id").asLong())
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
        List<String> good = ids.stream().map(id -> item(id, "closed")).toList();
        for (int position = 0; position < good.size(); position += 10) {
            List<String> items = new ArrayList<>(good);
            long id = ids.get(position);
            switch (position / 10 % 4) {
                case 0 -> {
                    items.set(position, item(4711000, "closed"));
                    refusedAt("[" + position + "].id", 404, "unknown-issue", items);
                }
                case 1 -> {
                    items.set(position, item(id, "gone"));
                    refusedAt("[" + position + "].status", 400, "validation-failed", items);
                }
                case 2 -> {
                    items.set(position, "{\"id\": " + id + ", \"status\": \"closed\", \"version\": 9}");
                    refusedAt("[" + position + "].version", 409, "stale-version", items);
                }
                default -> {
                    items.set(position, item(ids.get(position - 1), "closed"));
                    refusedAt("[" + position + "].id", 400, "validation-failed", items);
                }
            }
        }
        List<String> tooMany = new ArrayList<>(good);
        tooMany.add(item(a, "closed"));
        assertThat(refused(400, "validation-failed", "PUT", PATH, list(tooMany))
                        .path("detail")
                        .asString())
                .isEqualTo("At most 1000 issues are changed at once, not 1001.");

        long head = SERVER.log().head();
        JsonNode changed = SERVER.send("PUT", PATH, list(good)).json();
        assertThat(changed.valueStream().map(issue -> issue.path("id").asLong()))
                .isEqualTo(ids);
        assertThat(changed.valueStream().map(issue -> issue.path("version").asLong()))
                .containsOnly(2L);
        assertThat(SERVER.log().head()).isEqualTo(head + 1_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "\"a\"", "7"})
    void what_is_no_list_is_refused(String body) {
        refused(400, "validation-failed", "PUT", PATH, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "", "[] []", "[{\"id\": 1, \"id\": 2, \"status\": \"open\"}]"})
    void what_is_no_json_is_refused(String body) {
        refused(400, "malformed-json", "PUT", PATH, body);
    }

    @Test
    void a_foreign_request_is_refused() {
        String body = list(item(a, "closed"));
        refused(400, "malformed-json", "PUT", PATH, null, "Content-Type", "application/json");
        refused(415, "unsupported-media-type", "POST", PATH, body, "Content-Type", "text/plain");
        refused(406, "not-acceptable", "PUT", PATH, body, "Accept", "text/html");
        refused(413, "body-too-large", "PUT", PATH, "[" + " ".repeat(2_000_000) + "]");
        refused(405, "method-not-allowed", "DELETE", PATH, null);
        refused(400, "unknown-user", "PUT", PATH, body, "X-User-Id", "4711");
    }

    private static void refusedAt(String place, int status, String code, List<String> items) {
        JsonNode problem = refused(status, code, "PUT", PATH, list(items));
        assertThat(problem.path("errors").propertyNames()).containsExactly(place);
    }

    private static JsonNode newIssue() {
        return SERVER.send(
                        "POST", "/issues", "{\"title\": \"Crash\", \"description\": \"It crashes.\", \"assignee\": 1}")
                .json();
    }

    private static String item(long id, String status) {
        return "{\"id\": " + id + ", \"status\": \"" + status + "\"}";
    }

    private static String list(String... items) {
        return list(List.of(items));
    }

    private static String list(List<String> items) {
        return "[" + String.join(", ", items) + "]";
    }
}
