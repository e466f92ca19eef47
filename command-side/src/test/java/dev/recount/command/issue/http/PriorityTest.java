package dev.recount.command.issue.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssuePriority;
import dev.recount.events.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTest {

    private static final CommandServer SERVER = CommandServer.shared();
    private static final String UNKNOWN = "must be one of none, low, medium, high, urgent";

    private static long created(String fields) {
        Answer answer = SERVER.send("POST", "/issues", "{\"title\": \"Crash\"" + fields + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static String priorityAfter(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("priority").asString();
    }

    private static List<Object> changes(long issue) {
        return SERVER.log().readStream(StreamName.issue(issue), 1).stream()
                .<Object>map(message -> message.getPayload())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | none", ", \"priority\": \"urgent\" | urgent"})
    void a_new_issue_has_the_priority_of_the_body_or_none(String field, String priority) {
        Answer answer = SERVER.send("POST", "/issues", "{\"title\": \"Crash\"" + field + "}");
        assertThat(answer.json().path("priority").asString()).isEqualTo(priority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"highest\"", "\"High\"", "\"\""})
    void an_unknown_priority_is_refused(String priority) {
        long issue = created("");
        assertThat(problem("POST", "/issues", "{\"title\": \"Crash\", \"priority\": " + priority + "}", "priority"))
                .isEqualTo(UNKNOWN);
        assertThat(problem("PATCH", "/issues/" + issue, "{\"version\": 1, \"priority\": " + priority + "}", "priority"))
                .isEqualTo(UNKNOWN);
        String item = "[{\"id\": " + issue + ", \"priority\": " + priority + "}]";
        assertThat(problem("PUT", "/issues/bulk-status", item, "[0].priority")).isEqualTo(UNKNOWN);
        assertThat(changes(issue)).isEmpty();
    }

    @Test
    void an_edit_changes_it_and_a_revert_takes_that_back() {
        long issue = created(", \"priority\": \"low\"");
        assertThat(priorityAfter(SERVER.send("PATCH", "/issues/" + issue, "{\"version\": 1, \"priority\": \"high\"}")))
                .isEqualTo("high");
        Answer reverted = SERVER.send("POST", "/issues/" + issue + "/revert", "{\"version\": 2, \"to_version\": 1}");
        assertThat(priorityAfter(reverted)).isEqualTo("low");
        assertThat(reverted.json().path("taken_back").values())
                .extracting(field -> field.asString())
                .containsExactly("priority");
        assertThat(changes(issue))
                .containsExactly(
                        new IssuePrioritized(issue, IssuePriority.LOW, IssuePriority.HIGH, 2),
                        new IssuePrioritized(issue, IssuePriority.HIGH, IssuePriority.LOW, 3));
    }

    @Test
    void a_bulk_change_sets_it_with_or_without_a_status_and_can_be_undone() {
        long one = created("");
        long two = created(", \"priority\": \"low\"");
        Answer changed = SERVER.send(
                "PUT",
                "/issues/bulk-status",
                "[{\"id\": %d, \"priority\": \"high\"}, {\"id\": %d, \"status\": \"closed\", \"priority\": \"urgent\"}]"
                        .formatted(one, two));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path(0).path("priority").asString()).isEqualTo("high");
        assertThat(changed.json().path(0).path("status").asString()).isEqualTo("open");
        assertThat(changed.json().path(1).path("priority").asString()).isEqualTo("urgent");
        assertThat(changed.json().path(1).path("status").asString()).isEqualTo("closed");
        Answer undone = SERVER.send("POST", "/bulk-changes/" + changed.header("Bulk-Id") + "/undo", null);
        assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        assertThat(priorityAfter(SERVER.send("PATCH", "/issues/" + one, "{\"version\": 3}")))
                .isEqualTo("none");
        Answer second = SERVER.send("PATCH", "/issues/" + two, "{\"version\": 3}");
        assertThat(priorityAfter(second)).isEqualTo("low");
        assertThat(second.json().path("status").asString()).isEqualTo("open");
    }

    @Test
    void a_bulk_item_needs_a_status_or_a_priority() {
        long issue = created("");
        assertThat(problem("PUT", "/issues/bulk-status", "[{\"id\": " + issue + "}]", "[0].status"))
                .isEqualTo("is required");
    }

    private static String problem(String method, String path, String body, String field) {
        return refused(400, "validation-failed", method, path, body)
                .path("errors")
                .path(field)
                .path(0)
                .asString();
    }
}
