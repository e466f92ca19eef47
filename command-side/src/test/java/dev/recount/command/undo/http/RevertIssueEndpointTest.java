package dev.recount.command.undo.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueRetitled;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevertIssueEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();

    private long id;
    private String path;

    /** Version 2 changes the title, version 3 the description and the status. */
    @BeforeEach
    void create() {
        id = SERVER.send("POST", "/issues", "{\"title\": \"Crash\", \"description\": \"It crashes.\", \"assignee\": 1}")
                .json()
                .path("id")
                .asLong();
        path = "/issues/" + id + "/revert";
        patch("{\"version\": 1, \"title\": \"Freeze\"}");
        patch("{\"version\": 2, \"description\": \"It freezes.\", \"status\": \"closed\"}");
    }

    private Answer patch(String body) {
        Answer answer = SERVER.send("PATCH", "/issues/" + id, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void going_back_to_a_version_answers_the_issue_after_it_and_what_was_taken_back() {
        Answer answer = SERVER.send("POST", path, "{\"version\": 3, \"to_version\": 1}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var issue = answer.json();
        assertThat(issue.path("title").asString()).isEqualTo("Crash");
        assertThat(issue.path("description").asString()).isEqualTo("It crashes.");
        assertThat(issue.path("status").asString()).isEqualTo("open");
        assertThat(issue.path("assignee").asLong()).isEqualTo(1);
        assertThat(issue.path("version").asLong()).isEqualTo(4);
        assertThat(issue.path("taken_back").toString()).isEqualTo("[\"title\",\"description\",\"status\"]");
        assertThat(issue.path("kept").toString()).isEqualTo("[]");
        assertThat(answer.header("ETag")).isEqualTo(SERVER.tag(4));
        assertThat(answer.header("Event-Position"))
                .isEqualTo(SERVER.position(SERVER.log().head()));
    }

    @Test
    void the_events_name_the_edit_the_request_and_who_acts() {
        long head = SERVER.log().head();
        SERVER.send(
                "POST",
                path,
                "{\"version\": 3, \"edit\": 2}",
                "X-User-Id",
                "1",
                "X-Request-Id",
                "r-42",
                "Idempotency-Key",
                "k");
        var events = SERVER.log().readAfter(head, 10);
        assertThat(events)
                .extracting(event -> (Object) event.getPayload())
                .containsExactly(new IssueRetitled(id, "Freeze", "Crash", 4));
        assertThat(Map.copyOf(events.getFirst().getMetaData()))
                .isEqualTo(Map.of(
                        "actor", "1", "requestId", "r-42", "idempotencyKey", "k", "causation", "undo of edit 2"));
        SERVER.send("POST", path, "{\"version\": 4, \"to_version\": 3}");
        assertThat(SERVER.log().readAfter(head + 1, 10).getFirst().getMetaData())
                .containsEntry("causation", "revert to version 3");
    }

    @Test
    void to_repeat_it_changes_nothing_and_says_so() {
        SERVER.send("POST", path, "{\"version\": 3, \"edit\": 2}");
        long head = SERVER.log().head();
        var again = SERVER.send("POST", path, "{\"version\": 4, \"edit\": 2}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("taken_back").toString()).isEqualTo("[]");
        assertThat(again.json().path("version").asLong()).isEqualTo(4);
        assertThat(SERVER.log().head()).isEqualTo(head);
    }

    @Test
    void a_later_change_of_the_same_field_is_a_reason_to_refuse_and_a_merge_lets_it_stay() {
        Answer last = SERVER.send(
                "PATCH", "/issues/" + id, "{\"version\": 3, \"status\": \"in_progress\"}", "X-User-Id", "1");
        var problem = refused(409, "changed-since", "POST", path, "{\"version\": 4, \"edit\": 3}");
        var conflict = problem.path("conflicts").path(0);
        assertThat(problem.path("conflicts").size()).isEqualTo(1);
        assertThat(conflict.path("field").asString()).isEqualTo("status");
        assertThat(conflict.path("events").size()).isEqualTo(1);
        var event = conflict.path("events").path(0);
        assertThat(event.path("sequence").asLong()).isEqualTo(4);
        assertThat(event.path("type").asString()).isEqualTo("IssueStatusChanged");
        assertThat(event.path("version").asLong()).isEqualTo(4);
        assertThat(event.path("actor").asLong()).isEqualTo(1);
        assertThat(event.path("timestamp")).isEqualTo(last.json().path("updated_at"));

        long head = SERVER.log().head();
        var merged = SERVER.send("POST", path, "{\"version\": 4, \"edit\": 3, \"merge\": true}");
        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.json().path("status").asString()).isEqualTo("in_progress");
        assertThat(merged.json().path("description").asString()).isEqualTo("It crashes.");
        assertThat(merged.json().path("taken_back").toString()).isEqualTo("[\"description\"]");
        assertThat(merged.json().path("kept")).isEqualTo(problem.path("conflicts"));
        assertThat(SERVER.log().readAfter(head, 10))
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(new IssueDescriptionChanged(id, "It crashes.", 5));
    }

    @Test
    void a_stale_version_is_told_as_for_an_edit() {
        var problem = refused(409, "stale-version", "POST", path, "{\"version\": 2, \"to_version\": 1}");
        assertThat(problem.path("current_version").asLong()).isEqualTo(3);
        assertThat(problem.path("conflicts").size()).isEqualTo(2);
        refused(412, "precondition-failed", "POST", path, "{\"version\": 2, \"edit\": 2}", "If-Match", "\"2\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"version": 3}                                     | to_version | is required, or edit
        {"version": 3, "to_version": 1, "edit": 2}         | to_version | cannot be asked for together with edit
        {"version": 3, "to_version": 4}                    | to_version | must be a version of the issue, from 1 to 3
        {"version": 3, "to_version": 0}                    | to_version | must be a version of the issue, from 1 to 3
        {"version": 3, "edit": 1}                          | edit       | must be the version that an edit led to, from 2 to 3
        {"version": 3, "edit": 4}                          | edit       | must be the version that an edit led to, from 2 to 3
        {"version": 3, "to_version": "1"}                  | to_version | must be an integer, not a text
        {"version": 3, "edit": null}                       | edit       | must not be null
        {"to_version": 1}                                  | version    | is required
        {"version": 3, "to_version": 1, "merge": "yes"}    | merge      | must be true or false, not a text
        {"version": 3, "to_version": 1, "merge": null}     | merge      | must not be null
        """)
    void a_bad_body_is_refused_with_its_fields(String body, String field, String message) {
        var problem = refused(400, "validation-failed", "POST", path, body);
        assertThat(problem.path("errors").path(field).path(0).asString()).isEqualTo(message);
    }

    @Test
    void an_unknown_issue_is_told_before_anything_that_is_wrong_with_the_body() {
        refused(404, "unknown-issue", "POST", "/issues/4711000/revert", "{");
        refused(404, "unknown-issue", "POST", "/issues/4711000/revert", "{\"version\": 1, \"to_version\": 1}");
        refused(404, "unknown-issue", "POST", "/issues/07/revert", "{}");
        SERVER.withdraw(id);
        refused(404, "issue-withdrawn", "POST", path, "{\"version\": 9, \"to_version\": 1}");
        refused(404, "issue-withdrawn", "POST", path, "{}");
    }
}
