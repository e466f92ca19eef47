package dev.recount.command.issue.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReplaceLabelsEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** New for each test, so that it finds no labels of another. */
    private final String bug = "bug " + NAMES.incrementAndGet();

    private final String ui = "ui " + NAMES.get();

    private long issue;
    private String path;

    @BeforeEach
    void create() {
        issue = newIssue();
        path = "/issues/" + issue + "/labels";
    }

    @Test
    void the_labels_are_answered_in_the_order_of_the_request() {
        Answer answer = SERVER.send(
                "PUT",
                path,
                "[{\"name\": \" " + ui + "\\u00a0\", \"id\": 99}, {\"name\": \"" + bug
                        + "\", \"colour\": 1}, {\"name\": \"" + ui + "\"}]");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path(0).propertyNames()).containsExactly("id", "name");
        List<Label> labels = labels(answer);
        assertThat(labels).extracting(Label::name).containsExactly(ui, bug);
        assertThat(labels).extracting(Label::id).doesNotHaveDuplicates().allMatch(id -> id > 0);
        assertThat(answer.header("Event-Position"))
                .isEqualTo(SERVER.position(SERVER.log().head()));
    }

    @Test
    void new_labels_are_created_in_the_append_that_gives_them_to_the_issue() {
        long head = SERVER.log().head();
        Answer answer = SERVER.send(
                "PUT", path, names(ui, bug), "X-User-Id", "1", "X-Request-Id", "r-42", "Idempotency-Key", "k-7");
        List<Label> labels = labels(answer);
        List<TrackedEventMessage<?>> appended = SERVER.log().readAfter(head, 10);
        assertThat(appended)
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(
                        new LabelCreated(labels.get(0).id(), ui),
                        new LabelCreated(labels.get(1).id(), bug),
                        new IssueLabelsReplaced(issue, labels, labels, List.of()));
        assertThat(appended)
                .extracting(message -> Map.copyOf(message.getMetaData()))
                .containsOnly(Map.of("actor", "1", "requestId", "r-42", "idempotencyKey", "k-7"));
    }

    @Test
    void a_label_keeps_its_id_everywhere() {
        Label first = replace(bug).getFirst();
        long other = newIssue();
        long head = SERVER.log().head();
        List<Label> labels = labels(SERVER.send("PUT", "/issues/" + other + "/labels", names(ui, bug)));
        assertThat(labels).contains(first);
        assertThat(SERVER.log().head()).as("one label is new").isEqualTo(head + 2);
        assertThat(replace()).isEmpty();
        assertThat(replace(bug)).containsExactly(first);
        assertThat(replace(bug.toUpperCase())).doesNotContain(first);
    }

    @Test
    void labels_that_are_there_already_are_answered_and_nothing_is_written() {
        List<Label> labels = replace(bug, ui);
        long head = SERVER.log().head();
        assertThat(replace(ui, bug, ui)).isEqualTo(labels.reversed());
        Answer again = SERVER.send("PUT", path, names(bug, ui));
        assertThat(labels(again)).isEqualTo(labels);
        assertThat(SERVER.log().head()).isEqualTo(head);
        assertThat(again.header("Event-Position")).isEqualTo(SERVER.position(head));
        assertThat(replace()).isEmpty();
        assertThat(replace()).isEmpty();
        assertThat(SERVER.log().head()).isEqualTo(head + 1);
    }

    @Test
    void what_is_added_and_what_is_removed_is_told_by_the_event() {
        List<Label> before = replace(bug, ui);
        List<Label> after = replace("slow", ui);
        assertThat((Object) SERVER.log()
                        .readStream(StreamName.issue(issue), 2)
                        .getFirst()
                        .getPayload())
                .isEqualTo(
                        new IssueLabelsReplaced(issue, after, List.of(after.getFirst()), List.of(before.getFirst())));
    }

    @Test
    void labels_leave_the_version_alone() {
        replace(bug);
        Answer edit = SERVER.send("PATCH", "/issues/" + issue, "{\"version\": 1}");
        assertThat(edit.status()).isEqualTo(200);
        assertThat(edit.json().path("version").asLong()).isEqualTo(2);
    }

    @Test
    void a_name_has_at_most_50_characters_however_they_are_encoded() {
        String smiles = "\ud83d\ude00".repeat(50);
        assertThat(replace(" " + smiles + " ")).extracting(Label::name).containsExactly(smiles);
        JsonNode problem = refused(400, "validation-failed", "PUT", path, names(bug, smiles + "x"));
        assertThat(problem.path("errors").path("[1].name").path(0).asString())
                .isEqualTo("must be at most 50 characters");
    }

    @Test
    void many_labels_at_once_keep_their_ids_too() {
        String[] names = IntStream.range(0, 2_500).mapToObj(n -> bug + "/" + n).toArray(String[]::new);
        List<Label> labels = replace(names);
        assertThat(labels).extracting(Label::name).containsExactly(names);
        assertThat(labels).extracting(Label::id).doesNotHaveDuplicates();
        assertThat(labels(SERVER.send("PUT", "/issues/" + newIssue() + "/labels", names(names))))
                .isEqualTo(labels);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [{"name": "a"}, {}]                      | [1].name | is required
        [{"name": "a"}, {"name": null}]          | [1].name | must not be null
        [{"name": "a"}, {"name": 7}]             | [1].name | must be a text, not a number
        [{"name": "a"}, {"name": ""}]            | [1].name | must not be blank
        [{"name": "a"}, {"name": " \\u00a0\\t"}] | [1].name | must not be blank
        [{"name": "a"}, {"name": "b\\u0000"}]    | [1].name | must not contain the character U+0000
        [{"name": "a"}, {"name": "\\udc00"}]     | [1].name | must not contain half of a surrogate pair
        [{"name": "a"}, "b"]                     | [1]      | must be an object, not a text
        [{"name": "a"}, null]                    | [1]      | must be an object, not null
        [[]]                                     | [0]      | must be an object, not a list
        """)
    void bad_items_are_named_by_their_index(String body, String field, String message) {
        JsonNode problem = refused(400, "validation-failed", "PUT", path, body.replace("\"a\"", "\"" + bug + "\""));
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
        assertThat(problem.path("errors").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\": \"bug\"}", "null", "\"bug\"", "7"})
    void what_is_no_list_is_refused(String body) {
        refused(400, "validation-failed", "PUT", path, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "", "[] []", "[{\"name\": \"a\", \"name\": \"b\"}]"})
    void what_is_no_json_is_refused(String body) {
        refused(400, "malformed-json", "PUT", path, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711000", "0", "-1", "01", "one", "99999999999999999999"})
    void an_unknown_issue_is_told_whatever_the_body_and_no_label_is_created(String unknown) {
        for (String body : new String[] {names(bug), "[]", "[{\"name\": \"\"}]", "{}", "[", "", null}) {
            refused(
                    404,
                    "unknown-issue",
                    "PUT",
                    "/issues/" + unknown + "/labels",
                    body,
                    "Content-Type",
                    "application/json");
        }
    }

    @Test
    void a_foreign_request_is_refused() {
        refused(400, "malformed-json", "PUT", path, null, "Content-Type", "application/json");
        refused(415, "unsupported-media-type", "PUT", path, "[]", "Content-Type", "text/plain");
        refused(406, "not-acceptable", "PUT", path, names(bug), "Accept", "text/html");
        refused(413, "body-too-large", "PUT", path, names("x".repeat(2_000_000)));
        refused(405, "method-not-allowed", "POST", path, names(bug));
        refused(400, "unknown-user", "PUT", path, names(bug), "X-User-Id", "4711");
        refused(404, "not-found", "PUT", path + "/1", names(bug));
    }

    private List<Label> replace(String... names) {
        Answer answer = SERVER.send("PUT", path, names(names));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return labels(answer);
    }

    private static long newIssue() {
        return SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}")
                .json()
                .path("id")
                .asLong();
    }

    private static String names(String... names) {
        return Stream.of(names).map(name -> "{\"name\": \"" + name + "\"}").collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<Label> labels(Answer answer) {
        return answer.json()
                .valueStream()
                .map(label ->
                        new Label(label.path("id").asLong(), label.path("name").asString()))
                .toList();
    }
}
