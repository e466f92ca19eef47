package dev.recount.command.undo.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportCompleted;
import dev.recount.events.ImportEvent.ImportInterrupted;
import dev.recount.events.ImportEvent.ImportUndone;
import dev.recount.events.ImportedIssue;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.StreamName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UndoImportEndpointTest {

    private static final CommandServer SERVER = CommandServer.shared();
    private static final String HEADER = "title,description,status,assignee\n";

    private record Imported(UUID id, List<Long> issues) {

        String path() {
            return "/imports/" + id + "/undo";
        }

        String stream() {
            return StreamName.importOf(id);
        }

        long issue(int index) {
            return issues.get(index);
        }
    }

    private static Imported imported(String rows, String... headers) {
        Answer answer = SERVER.importCsv(HEADER + rows, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var id = UUID.fromString(answer.json().path("import_id").asString());
        assertThat(answer.header("Import-Id")).isEqualTo(id.toString());
        return new Imported(
                id,
                SERVER.log().readStream(StreamName.importOf(id), 0).stream()
                        .filter(message -> message.getPayload() instanceof ImportAdvanced)
                        .flatMap(message -> ((ImportAdvanced) message.getPayload()).issues().stream())
                        .map(ImportedIssue::issueId)
                        .toList());
    }

    private static String rows(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj("Row %d,,,\n"::formatted)
                .collect(Collectors.joining());
    }

    private static void patch(long id, String body, String... headers) {
        Answer answer = SERVER.send("PATCH", "/issues/" + id, body, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static boolean isWithdrawn(long issue) {
        return SERVER.log().lastEvent(StreamName.issue(issue)).orElseThrow() instanceof IssueWithdrawn;
    }

    @Test
    void an_import_has_a_stream_that_says_what_it_did() {
        Imported imported = imported("One,,,\n ,,,\nThree,,,\n", "X-User-Id", "1");
        var stream = SERVER.log().readStream(imported.stream(), 0);
        assertThat(stream)
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(
                        new ImportAdvanced(
                                imported.id(),
                                3,
                                1,
                                List.of(
                                        new ImportedIssue(imported.issue(0), 1),
                                        new ImportedIssue(imported.issue(1), 3))),
                        new ImportCompleted(imported.id(), 3, 2, 1));
        assertThat(stream)
                .extracting(message -> message.getMetaData().get("actor"))
                .containsOnly("1");
    }

    @Test
    void an_undo_withdraws_all_issues_in_one_append() {
        Imported imported = imported(rows(3), "X-User-Id", "1");
        patch(imported.issue(1), "{\"version\": 1, \"title\": \"My own\"}", "X-User-Id", "1");
        long head = SERVER.log().head();
        Answer answer = SERVER.send("POST", imported.path(), null, "X-Request-Id", "r-42");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"import_id\":\"%s\",\"withdrawn\":3,\"kept_count\":0,\"kept\":[]}".formatted(imported.id()));
        assertThat(answer.header("Event-Position")).isEqualTo(SERVER.position(head + 4));
        var events = SERVER.log().readAfter(head, 10);
        assertThat(events)
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(
                        new IssueWithdrawn(imported.issue(0), 2),
                        new IssueWithdrawn(imported.issue(1), 3),
                        new IssueWithdrawn(imported.issue(2), 2),
                        new ImportUndone(imported.id(), 3, List.of()));
        assertThat(events)
                .extracting(message -> Map.copyOf(message.getMetaData()))
                .containsOnly(Map.of("requestId", "r-42", "causation", "undo of import " + imported.id()));
        refused(404, "issue-withdrawn", "PATCH", "/issues/" + imported.issue(0), "{\"version\": 2}");
    }

    @Test
    void to_repeat_it_changes_nothing_and_says_so() {
        Imported imported = imported(rows(2));
        SERVER.send("POST", imported.path(), "{}", "X-User-Id", "1");
        var problem = refused(409, "already-undone", "POST", imported.path(), "{}");
        assertThat(problem.path("undone_by").asLong()).isEqualTo(1);
    }

    @Test
    void what_others_did_is_a_reason_to_refuse_and_a_merge_lets_such_issues_stay() {
        Imported imported = imported(rows(3), "X-User-Id", "1");
        patch(imported.issue(0), "{\"version\": 1}");
        SERVER.send("POST", "/issues/" + imported.issue(2) + "/comments", "{\"body\": \"Seen.\", \"author\": 1}");
        var problem = refused(409, "changed-since", "POST", imported.path(), "{}");
        assertThat(problem.path("conflict_count").asLong()).isEqualTo(2);
        assertThat(problem.path("conflicts")
                        .valueStream()
                        .map(issue -> issue.path("id").asLong()))
                .containsExactly(imported.issue(0), imported.issue(2));
        var event = problem.path("conflicts").path(1).path("events").path(0);
        assertThat(event.path("type").asString()).isEqualTo("IssueCommented");
        assertThat(event.path("version").isNull()).isTrue();
        assertThat(event.path("actor").isNull()).isTrue();

        var merged = SERVER.send("POST", imported.path(), "{\"merge\": true}").json();
        assertThat(merged.path("withdrawn").asLong()).isEqualTo(1);
        assertThat(merged.path("kept_count").asLong()).isEqualTo(2);
        assertThat(merged.path("kept")).isEqualTo(problem.path("conflicts"));
        assertThat(imported.issues()).map(UndoImportEndpointTest::isWithdrawn).containsExactly(false, true, false);
        assertThat(SERVER.log().lastEvent(imported.stream()))
                .contains(new ImportUndone(imported.id(), 1, List.of(imported.issue(0), imported.issue(2))));
    }

    @Test
    void an_import_that_created_nothing_can_be_undone() {
        Imported imported = imported(" ,,,\n");
        assertThat(SERVER.log().lastEvent(imported.stream())).contains(new ImportCompleted(imported.id(), 1, 0, 1));
        assertThat(SERVER.send("POST", imported.path(), "{}")
                        .json()
                        .path("withdrawn")
                        .asLong())
                .isZero();
    }

    @Test
    void a_large_import_is_checked_as_a_whole_before_anything_is_withdrawn() {
        Imported imported = imported(rows(1_201));
        long last = imported.issue(1_200);
        patch(last, "{\"version\": 1, \"title\": \"Mine now\"}", "X-User-Id", "1");
        var problem = refused(409, "changed-since", "POST", imported.path(), "{}");
        assertThat(problem.path("conflict_count").asLong()).isEqualTo(1);
        assertThat(problem.path("conflicts").path(0).path("id").asLong()).isEqualTo(last);

        var merged = SERVER.send("POST", imported.path(), "{\"merge\": true}").json();
        assertThat(merged.path("withdrawn").asLong()).isEqualTo(1_200);
        assertThat(imported.issues().stream()
                        .filter(UndoImportEndpointTest::isWithdrawn)
                        .count())
                .isEqualTo(1_200);
        assertThat(isWithdrawn(last)).isFalse();
    }

    /** Simulates an undo whose node died. */
    @Test
    void an_undo_that_broke_off_goes_on_when_it_is_asked_for_again() {
        Imported imported = imported(rows(1_100));
        imported.issues().subList(0, 700).forEach(SERVER::withdraw);
        Answer answer = SERVER.send("POST", imported.path(), "{}");
        assertThat(answer.json().path("withdrawn").asLong()).as(answer.body()).isEqualTo(1_100);
        assertThat(imported.issues()).allMatch(UndoImportEndpointTest::isWithdrawn);
        assertThat(SERVER.log().lastEvent(imported.stream()))
                .contains(new ImportUndone(imported.id(), 1_100, List.of()));
    }

    /** Simulates an import whose node died, so its stream has no end. */
    @Test
    void an_import_that_broke_off_is_ended_before_it_is_undone() {
        UUID id = UUID.randomUUID();
        long issue = imported("One,,,\n").issue(0);
        SERVER.append(StreamName.importOf(id), 0, new ImportAdvanced(id, 1, 0, List.of(new ImportedIssue(issue, 1))));
        Answer answer = SERVER.send("POST", "/imports/" + id + "/undo", "{}");
        assertThat(answer.json().path("withdrawn").asLong()).as(answer.body()).isEqualTo(1);
        assertThat(SERVER.log().readStream(StreamName.importOf(id), 1))
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(new ImportInterrupted(id), new ImportUndone(id, 1, List.of()));
    }

    @Test
    void unknown_imports_and_bad_bodies_are_refused() {
        Imported imported = imported(rows(1));
        refused(404, "unknown-import", "POST", "/imports/" + UUID.randomUUID() + "/undo", "{}");
        refused(404, "unknown-import", "POST", "/imports/" + UUID.randomUUID() + "/undo", "[]");
        refused(404, "unknown-import", "POST", "/imports/1/undo", "{}");
        refused(400, "malformed-json", "POST", imported.path(), "{");
        refused(400, "validation-failed", "POST", imported.path(), "{\"merge\": \"true\"}");
        assertThat(isWithdrawn(imported.issue(0))).isFalse();
    }
}
