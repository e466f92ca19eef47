package dev.recount.query.bulkchanges;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.BulkChangeEvent.BulkChangeUndone;
import dev.recount.events.ChangedPriority;
import dev.recount.events.ChangedStatus;
import dev.recount.events.EventMetadata;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportCompleted;
import dev.recount.events.ImportEvent.ImportInterrupted;
import dev.recount.events.ImportEvent.ImportUndone;
import dev.recount.events.ImportedIssue;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.imports.ImportTables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

class ChangeSetsTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-09T12:00:30Z");

    private static TestDatabase database;
    private static QueryServer server;

    /** It is 50 seconds after noon. No configuration, or it would be found by every server of the tests. */
    static final class StoppedClock {
        @Bean
        @Primary
        InstantSource stoppedClock() {
            return InstantSource.fixed(NOON.plusSeconds(50));
        }
    }

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, List.of(StoppedClock.class));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static void happens(Instant at, String stream, long fromSequence, long actor, Object... events) {
        server.append(Events.of(at, stream, fromSequence, events).stream()
                .<DomainEventMessage<?>>map(event -> event.andMetaData(Map.of(EventMetadata.ACTOR, "" + actor)))
                .toList());
    }

    private static List<ImportedIssue> issues(long first, long count) {
        return LongStream.range(0, count)
                .mapToObj(index -> new ImportedIssue(first + index, 1 + 2 * index))
                .toList();
    }

    private static String state(UUID importId) {
        return server.get("/imports/" + importId).json().path("state").asString();
    }

    @Test
    void an_import_is_told_with_its_totals_and_a_page_of_its_issues() {
        var id = UUID.randomUUID();
        var stream = "import-" + id;
        happens(NOON, stream, 0, 3, new ImportAdvanced(id, 3, 1, issues(100, 2)));
        assertThat(state(id)).isEqualTo("running");
        happens(
                LATER,
                stream,
                1,
                3,
                new ImportAdvanced(id, 9, 4, List.of(new ImportedIssue(102, 8))),
                new ImportCompleted(id, 9, 3, 6));
        assertThat(server.get("/imports/" + id + "?page_size=2").json()).isEqualTo(parse("""
            {"import_id": "%1$s", "state": "completed", "total_rows": 9, "created": 3, "failed": 6, "withdrawn": 0, "kept": 0,
             "actor": 3, "started_at": "2026-01-09T12:00:00Z", "advanced_at": "2026-01-09T12:00:30Z",
             "undone_at": null, "undone_by": null,
             "issues": {"count": 3, "next": "/imports/%1$s?page_size=2&page=2", "previous": null, "results": [
               {"id": 100, "row": 1, "state": "created"}, {"id": 101, "row": 3, "state": "created"}]}}
            """.formatted(id)));
        assertThat(server.get("/imports/" + id + "?page=2&page_size=2").json().at("/issues/results"))
                .isEqualTo(parse("[{\"id\": 102, \"row\": 8, \"state\": \"created\"}]"));
        assertThat(server.get("/imports/" + id + "?page=3&page_size=2").status())
                .isEqualTo(404);
        assertThat(server.get("/imports/" + id + "?page_size=x").status()).isEqualTo(400);
        assertThat(server.get("/imports/" + id + "?page=1&page=1").status()).isEqualTo(400);
    }

    @Test
    void an_import_that_created_nothing_is_told_too() {
        var id = UUID.randomUUID();
        server.append(Events.of(NOON, "import-" + id, 0, new ImportCompleted(id, 2, 0, 2)));
        var body = server.get("/imports/" + id).json();
        assertThat(body.path("state").asString()).isEqualTo("completed");
        assertThat(body.path("total_rows").asInt()).isEqualTo(2);
        assertThat(body.path("actor").isNull()).isTrue();
        assertThat(body.at("/issues/results").isEmpty()).isTrue();
    }

    /** A killed process cannot record its end, so an import without progress for a minute counts as interrupted. */
    @Test
    void an_import_that_is_silent_counts_as_interrupted() {
        var silent = UUID.randomUUID();
        server.append(Events.of(
                NOON.minusSeconds(11), "import-" + silent, 0, new ImportAdvanced(silent, 1, 0, issues(200, 1))));
        assertThat(state(silent)).isEqualTo("interrupted");
        var late = UUID.randomUUID();
        server.append(
                Events.of(NOON.minusSeconds(10), "import-" + late, 0, new ImportAdvanced(late, 1, 0, issues(201, 1))));
        assertThat(state(late)).isEqualTo("running");
        server.append(Events.of(LATER, "import-" + late, 1, new ImportInterrupted(late)));
        assertThat(state(late)).isEqualTo("interrupted");
    }

    @Test
    void an_undo_shows_while_it_is_under_way_and_when_it_is_done() {
        var id = UUID.randomUUID();
        happens(
                NOON,
                "import-" + id,
                0,
                3,
                new ImportAdvanced(id, 5, 2, issues(300, 3)),
                new ImportCompleted(id, 5, 3, 2));
        for (var issue = 300; issue <= 302; issue++) {
            server.append(Events.issue(NOON, issue, OPEN, null));
        }
        server.append(Events.of(LATER, "issue-300", 1, new IssueWithdrawn(300, 2)));
        assertThat(state(id)).isEqualTo("undoing");
        happens(LATER, "issue-302", 1, 4, new IssueWithdrawn(302, 2));
        happens(LATER, "import-" + id, 2, 4, new ImportUndone(id, 2, List.of(301L)));
        var body = server.get("/imports/" + id).json();
        assertThat(body.path("state").asString()).isEqualTo("undone");
        assertThat(body.path("withdrawn").asInt()).isEqualTo(2);
        assertThat(body.path("kept").asInt()).isEqualTo(1);
        assertThat(body.path("undone_by").asInt()).isEqualTo(4);
        assertThat(body.path("undone_at").asString()).isEqualTo("2026-01-09T12:00:30Z");
        assertThat(body.path("actor").asInt()).isEqualTo(3);
        assertThat(body.at("/issues/results")).isEqualTo(parse("""
            [{"id": 300, "row": 1, "state": "withdrawn"}, {"id": 301, "row": 3, "state": "kept"},
             {"id": 302, "row": 5, "state": "withdrawn"}]
            """));
    }

    @Test
    void a_bulk_change_is_told_before_and_after_its_undo() {
        var id = UUID.randomUUID();
        happens(
                NOON,
                "bulk-" + id,
                0,
                3,
                new BulkChangeApplied(
                        id,
                        List.of(
                                new ChangedStatus(9, OPEN, CLOSED, 4, 3),
                                new ChangedStatus(8, CLOSED, CLOSED, 2, 1),
                                new ChangedStatus(7, IN_PROGRESS, CLOSED, 2, 1))));
        assertThat(server.get("/bulk-changes/" + id).json()).isEqualTo(parse("""
            {"bulk_id": "%s", "state": "applied", "actor": 3, "applied_at": "2026-01-09T12:00:00Z", "undone_at": null,
             "undone_by": null, "issues": [
               {"id": 9, "from": "open", "to": "closed", "version": 4, "state": "changed"},
               {"id": 8, "from": "closed", "to": "closed", "version": 2, "state": "unchanged"},
               {"id": 7, "from": "in_progress", "to": "closed", "version": 2, "state": "changed"}]}
            """.formatted(id)));
        happens(LATER, "bulk-" + id, 1, 4, new BulkChangeUndone(id, List.of(9L), List.of(7L)));
        var undone = server.get("/bulk-changes/" + id).json();
        assertThat(undone.path("state").asString()).isEqualTo("undone");
        assertThat(undone.path("undone_by").asInt()).isEqualTo(4);
        assertThat(undone.path("undone_at").asString()).isEqualTo("2026-01-09T12:00:30Z");
        assertThat(undone.path("issues")
                        .valueStream()
                        .map(issue -> issue.path("state").asString()))
                .containsExactly("restored", "unchanged", "kept");
    }

    @Test
    void a_bulk_change_of_priorities_shows_them_where_they_changed() {
        var id = UUID.randomUUID();
        happens(
                NOON,
                "bulk-" + id,
                0,
                3,
                new BulkChangeApplied(
                        id,
                        List.of(
                                new ChangedStatus(9, OPEN, OPEN, 4, 3, new ChangedPriority(NONE, HIGH)),
                                new ChangedStatus(8, CLOSED, CLOSED, 2, 1),
                                new ChangedStatus(7, OPEN, CLOSED, 2, 2, new ChangedPriority(HIGH, NONE)))));
        assertThat(server.get("/bulk-changes/" + id).json().get("issues")).isEqualTo(parse("""
            [{"id": 9, "from": "open", "to": "open", "priority": {"from": "none", "to": "high"}, "version": 4,
              "state": "changed"},
             {"id": 8, "from": "closed", "to": "closed", "version": 2, "state": "unchanged"},
             {"id": 7, "from": "open", "to": "closed", "priority": {"from": "high", "to": "none"}, "version": 2,
              "state": "changed"}]
            """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/imports/", "/bulk-changes/"})
    void an_unknown_one_is_told(String path) {
        var code = path.equals("/imports/") ? "unknown-import" : "unknown-bulk-change";
        for (var id : List.of(
                UUID.randomUUID().toString(), "7", UUID.randomUUID() + "0", "0198F3A2-9E0D-4C2B-A1F3-6F5E4D3C2B1A")) {
            var answer = server.get(path + id);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("code").asString()).isEqualTo(code);
        }
    }

    @Test
    void what_is_applied_again_or_recounted_comes_to_the_same_rows() {
        try (var other = TestDatabase.fresh();
                var node = QueryNode.on(other.dataSource(), ChangeSetProjection.class)) {
            var imported = UUID.randomUUID();
            var bulk = UUID.randomUUID();
            node.append("import-" + imported, 0, new ImportAdvanced(imported, 2, 0, issues(1, 2)));
            node.append(
                    "bulk-" + bulk,
                    0,
                    new BulkChangeApplied(
                            bulk, List.of(new ChangedStatus(1, OPEN, CLOSED, 2, 2, new ChangedPriority(NONE, HIGH)))));
            node.append("import-" + imported, 1, new ImportAdvanced(imported, 4, 1, List.of(new ImportedIssue(9, 4))));
            node.append("issue-1", 1, new IssueWithdrawn(1, 2));
            node.append("bulk-" + bulk, 1, new BulkChangeUndone(bulk, List.of(), List.of(1L)));
            node.append(
                    "import-" + imported,
                    2,
                    new ImportInterrupted(imported),
                    new ImportUndone(imported, 2, List.of(9L)));
            node.append("issue-2", 1, new IssueWithdrawn(2, 2));
            node.barrier().await(ImportTables.PROJECTION);
            var live = node.rows(ImportTables.PROJECTION);
            assertThat(live.values()).noneMatch(List::isEmpty);
            node.applyAgain(ImportTables.PROJECTION);
            assertThat(node.rows(ImportTables.PROJECTION)).as("applied again").isEqualTo(live);
            node.recount(ImportTables.PROJECTION);
            assertThat(node.rows(ImportTables.PROJECTION)).as("recounted").isEqualTo(live);
        }
    }
}
