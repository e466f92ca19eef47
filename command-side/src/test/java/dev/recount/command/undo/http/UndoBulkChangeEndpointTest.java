package dev.recount.command.undo.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.BulkChangeEvent.BulkChangeUndone;
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueStatus;
import dev.recount.events.StreamName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndoBulkChangeEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();

    private long a;
    private long b;
    private long c;
    private UUID bulk;
    private String path;

    /** The second issue already has the status. */
    @BeforeEach
    void change() {
        a = create("open");
        b = create("closed");
        c = create("in_progress");
        SERVER.send("POST", "/issues/" + c + "/comments", "{\"body\": \"Seen.\", \"author\": 1}");
        var items =
                "[{\"id\": %d, \"status\": \"closed\"}, {\"id\": %d, \"status\": \"closed\"}, {\"id\": %d, \"status\":"
                        + " \"closed\"}]";
        Answer answer = SERVER.send("PUT", "/issues/bulk-status", items.formatted(c, b, a));
        bulk = UUID.fromString(answer.header("Bulk-Id"));
        path = "/bulk-changes/" + bulk + "/undo";
    }

    private static long create(String status) {
        return SERVER.send("POST", "/issues", "{\"title\": \"Crash\", \"status\": \"%s\"}".formatted(status))
                .json()
                .path("id")
                .asLong();
    }

    private static void patch(long id, String body) {
        assertThat(SERVER.send("PATCH", "/issues/" + id, body, "X-User-Id", "1").status())
                .isEqualTo(200);
    }

    @Test
    void the_change_has_a_stream_that_says_what_it_did() {
        var stream = SERVER.log().readStream(StreamName.bulkChange(bulk), 0);
        assertThat(stream)
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(new BulkChangeApplied(
                        bulk,
                        List.of(
                                new ChangedStatus(c, IssueStatus.IN_PROGRESS, IssueStatus.CLOSED, 2, 2),
                                new ChangedStatus(b, IssueStatus.CLOSED, IssueStatus.CLOSED, 2, 1),
                                new ChangedStatus(a, IssueStatus.OPEN, IssueStatus.CLOSED, 2, 1))));
    }

    @Test
    void an_undo_gives_every_issue_its_former_status_in_one_append() {
        patch(a, "{\"version\": 2, \"title\": \"Freeze\"}");
        long head = SERVER.log().head();
        Answer answer = SERVER.send("POST", path, null, "X-User-Id", "1", "X-Request-Id", "r-42");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"bulk_id\":\"%s\",\"restored\":[%d,%d],\"unchanged\":[%d],\"kept_count\":0,\"kept\":[]}"
                        .formatted(bulk, a, c, b));
        assertThat(answer.header("Event-Position")).isEqualTo(SERVER.position(head + 3));
        var events = SERVER.log().readAfter(head, 10);
        assertThat(events)
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(
                        new IssueStatusChanged(a, IssueStatus.CLOSED, IssueStatus.OPEN, 4),
                        new IssueStatusChanged(c, IssueStatus.CLOSED, IssueStatus.IN_PROGRESS, 3),
                        new BulkChangeUndone(bulk, List.of(a, c), List.of()));
        assertThat(events)
                .extracting(message -> Map.copyOf(message.getMetaData()))
                .containsOnly(Map.of("actor", "1", "requestId", "r-42", "causation", "undo of bulk " + bulk));
    }

    @Test
    void to_repeat_it_changes_nothing_and_says_so() {
        SERVER.send("POST", path, "{}", "X-User-Id", "1");
        var problem = refused(409, "already-undone", "POST", path, "{\"merge\": true}");
        assertThat(problem.path("undone_by").asLong()).isEqualTo(1);
        assertThat(problem.path("undone_at").asString()).matches("2.*Z");
    }

    @Test
    void a_later_status_is_a_reason_to_refuse_and_a_merge_lets_it_stay() {
        patch(c, "{\"version\": 2, \"status\": \"resolved\"}");
        var problem = refused(409, "changed-since", "POST", path, "{\"merge\": false}");
        assertThat(problem.path("conflict_count").asLong()).isEqualTo(1);
        var conflict = problem.path("conflicts").path(0);
        assertThat(conflict.path("id").asLong()).isEqualTo(c);
        assertThat(conflict.path("events").size()).isEqualTo(1);
        assertThat(conflict.path("events").path(0).path("actor").asLong()).isEqualTo(1);
        assertThat(conflict.path("events").path(0).path("version").asLong()).isEqualTo(3);

        var merged = SERVER.send("POST", path, "{\"merge\": true}").json();
        assertThat(merged.path("restored").toString()).isEqualTo("[%d]".formatted(a));
        assertThat(merged.path("kept_count").asLong()).isEqualTo(1);
        assertThat(merged.path("kept")).isEqualTo(problem.path("conflicts"));
        patch(c, "{\"version\": 3}");
        patch(a, "{\"version\": 3}");
    }

    @Test
    void unknown_changes_and_bad_bodies_are_refused() {
        refused(404, "unknown-bulk-change", "POST", "/bulk-changes/" + UUID.randomUUID() + "/undo", "{}");
        refused(404, "unknown-bulk-change", "POST", "/bulk-changes/" + UUID.randomUUID() + "/undo", "{");
        refused(404, "unknown-bulk-change", "POST", "/bulk-changes/7/undo", "{}");
        refused(
                404,
                "unknown-bulk-change",
                "POST",
                path.toUpperCase().replace("/BULK-CHANGES", "/bulk-changes").replace("/UNDO", "/undo"),
                "{}");
        refused(400, "malformed-json", "POST", path, "{");
        refused(400, "validation-failed", "POST", path, "{\"merge\": 1}");
        refused(415, "unsupported-media-type", "POST", path, "merge=true", "Content-Type", "text/plain");
    }
}
