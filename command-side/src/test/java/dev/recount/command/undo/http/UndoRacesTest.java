package dev.recount.command.undo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.Clients;
import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportInterrupted;
import dev.recount.events.ImportEvent.ImportUndone;
import dev.recount.events.ImportedIssue;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undoes while other clients work on the same issues, on one node and on two. */
class UndoRacesTest {

    private static final String HEADER = "title,description,status,assignee\n";
    private static final int EDITORS = 4;

    private static TestDatabase database;
    private static List<CommandServer> servers;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        servers = List.of(CommandServer.on(database), CommandServer.on(database));
    }

    @AfterAll
    static void stop() {
        servers.forEach(CommandServer::close);
        database.close();
    }

    private static EventLog log() {
        return servers.getFirst().log();
    }

    private static UUID imported(int rows) {
        String csv = IntStream.rangeClosed(1, rows)
                .mapToObj("Row %d,,,\n"::formatted)
                .collect(Collectors.joining());
        Answer answer = servers.getFirst().importCsv(HEADER + csv);
        return UUID.fromString(answer.json().path("import_id").asString());
    }

    private static List<Long> issuesOf(UUID importId) {
        return log().readStream(StreamName.importOf(importId), 0).stream()
                .filter(message -> message.getPayload() instanceof ImportAdvanced)
                .flatMap(message -> ((ImportAdvanced) message.getPayload()).issues().stream())
                .map(ImportedIssue::issueId)
                .toList();
    }

    private static List<IssueEvent> eventsOf(long issue) {
        return log().readStream(StreamName.issue(issue), 0).stream()
                .map(message -> (IssueEvent) message.getPayload())
                .toList();
    }

    /** The response status of one client's edit of an issue. */
    private record Edited(long issue, int status) {}

    @ParameterizedTest
    @ValueSource(strings = {"1 {}", "2 {}", "1 {\"merge\": true}", "2 {\"merge\": true}"})
    void an_issue_is_either_edited_or_withdrawn(String nodesAndBody) {
        int nodes = nodesAndBody.charAt(0) - '0';
        String body = nodesAndBody.substring(2);
        for (int round = 0; round < 8; round++) {
            UUID importId = imported(12);
            List<Long> issues = issuesOf(importId);
            int seed = round;
            List<Answer> undone = new ArrayList<>();
            List<List<Edited>> edited = Clients.atOnce(EDITORS + 1, client -> {
                CommandServer server = servers.get(client % nodes);
                if (client == EDITORS) {
                    undone.add(server.send("POST", "/imports/" + importId + "/undo", body));
                    return List.of();
                }
                List<Edited> mine = new ArrayList<>();
                Random random = new Random(seed * 100L + client);
                for (int edit = 0; edit < 1 + seed % 3; edit++) {
                    long issue = issues.get(random.nextInt(issues.size()));
                    Answer answer = client % 2 == 0
                            ? server.send("PATCH", "/issues/" + issue, "{\"version\": 1, \"title\": \"Mine\"}")
                            : server.send(
                                    "POST", "/issues/" + issue + "/comments", "{\"body\": \"Seen.\", \"author\": 1}");
                    mine.add(new Edited(issue, answer.status()));
                }
                return mine;
            });
            Answer undo = undone.getFirst();
            List<Long> touched = edited.stream()
                    .flatMap(List::stream)
                    .filter(edit -> edit.status() < 300)
                    .map(Edited::issue)
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(edited.stream().flatMap(List::stream).map(Edited::status))
                    .allMatch(List.of(200, 201, 404, 409)::contains);
            for (long issue : issues) {
                List<IssueEvent> events = eventsOf(issue);
                boolean withdrawn = events.getLast() instanceof IssueWithdrawn;
                assertThat(withdrawn)
                        .as("%s %s", undo.body(), events)
                        .isEqualTo(undo.status() == 200 && !touched.contains(issue));
                assertThat(events).hasSize(withdrawn ? 2 : events.size());
            }
            if (undo.status() == 200) {
                assertThat(undo.json().path("withdrawn").asInt()).isEqualTo(issues.size() - touched.size());
                assertThat(undo.json()
                                .path("kept")
                                .valueStream()
                                .map(kept -> kept.path("id").asLong()))
                        .containsExactlyElementsOf(touched);
                assertThat(body.contains("merge") || touched.isEmpty()).isTrue();
                assertThat(log().lastEvent(StreamName.importOf(importId)))
                        .contains(new ImportUndone(importId, issues.size() - touched.size(), touched));
            } else {
                assertThat(undo.json().path("code").asString()).isEqualTo("changed-since");
                assertThat(body).doesNotContain("merge");
                assertThat(touched).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void of_those_who_undo_the_same_at_once_one_does_it(int nodes) {
        for (int round = 0; round < 2; round++) {
            UUID importId = imported(600);
            List<Answer> answers = Clients.atOnce(
                    4, client -> servers.get(client % nodes).send("POST", "/imports/" + importId + "/undo", "{}"));
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409, 409, 409);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .extracting(answer -> answer.json().path("code").asString())
                    .containsOnly("already-undone");
            for (long issue : issuesOf(importId)) {
                assertThat(eventsOf(issue)).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_status_is_either_put_back_or_changed_again(int nodes) {
        List<Long> issues = issuesOf(imported(12));
        for (int round = 0; round < 10; round++) {
            Map<Long, Long> versions = new HashMap<>();
            String items = issues.stream()
                    .map(issue -> "{\"id\": " + issue + ", \"status\": \"closed\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            Answer bulk = servers.getFirst().send("PUT", "/issues/bulk-status", items);
            bulk.json()
                    .forEach(issue -> versions.put(
                            issue.path("id").asLong(), issue.path("version").asLong()));
            String undoPath = "/bulk-changes/" + bulk.header("Bulk-Id") + "/undo";
            List<Answer> undone = new ArrayList<>();
            int seed = round;
            List<List<Edited>> edited = Clients.atOnce(EDITORS + 1, client -> {
                CommandServer server = servers.get(client % nodes);
                if (client == EDITORS) {
                    undone.add(server.send("POST", undoPath, "{\"merge\": true}"));
                    return List.of();
                }
                long issue = issues.get(new Random(seed * 100L + client).nextInt(issues.size()));
                Answer answer = server.send(
                        "PATCH",
                        "/issues/" + issue,
                        "{\"status\": \"resolved\", \"version\": " + versions.get(issue) + "}");
                return List.of(new Edited(issue, answer.status()));
            });
            Answer undo = undone.getFirst();
            assertThat(undo.status()).as(undo.body()).isEqualTo(200);
            List<Long> kept = undo.json()
                    .path("kept")
                    .valueStream()
                    .map(issue -> issue.path("id").asLong())
                    .toList();
            List<Long> restored = undo.json()
                    .path("restored")
                    .valueStream()
                    .map(issue -> issue.asLong())
                    .toList();
            List<Long> edits = edited.stream()
                    .flatMap(List::stream)
                    .filter(edit -> edit.status() == 200)
                    .map(Edited::issue)
                    .sorted()
                    .toList();
            // With a version from before the undo, no later edit succeeded.
            assertThat(edits).doesNotHaveDuplicates().containsAll(kept).doesNotContainAnyElementsOf(restored);
            for (long issue : restored) {
                var back = (IssueStatusChanged) eventsOf(issue).getLast();
                assertThat(back.version()).isEqualTo(versions.get(issue) + 1);
            }
        }
    }

    @Test
    void an_undo_stops_an_import_that_is_under_way() {
        long head = log().head();
        String csv = IntStream.rangeClosed(1, 60_000)
                .mapToObj("Row %d,,,\n"::formatted)
                .collect(Collectors.joining());
        var importing = CompletableFuture.supplyAsync(() -> servers.get(0).importCsv(HEADER + csv));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> log().head() > head + 1_000);
        UUID importId = log().readAfter(head, 2_000).stream()
                .filter(message -> message.getPayload() instanceof ImportAdvanced)
                .map(message -> ((ImportAdvanced) message.getPayload()).importId())
                .findFirst()
                .orElseThrow();
        Answer undo = servers.get(1).send("POST", "/imports/" + importId + "/undo", "{}");
        Answer stopped = importing.join();
        assertThat(undo.status()).as(undo.body()).isEqualTo(200);
        assertThat(stopped.status()).as(stopped.body()).isEqualTo(409);
        assertThat(stopped.json().path("code").asString()).isEqualTo("import-stopped");
        List<Long> issues = issuesOf(importId);
        assertThat(issues)
                .hasSize(undo.json().path("withdrawn").asInt())
                .hasSize(stopped.json().path("created").asInt());
        assertThat(issues).hasSizeLessThan(60_000);
        assertThat(log().readStream(StreamName.importOf(importId), 0).stream()
                        .map(message -> (Object) message.getPayload())
                        .filter(event -> !(event instanceof ImportAdvanced)))
                .containsExactly(new ImportInterrupted(importId), new ImportUndone(importId, issues.size(), List.of()));
        assertThat(issues)
                .allMatch(issue -> log().lastEvent(StreamName.issue(issue)).orElseThrow() instanceof IssueWithdrawn);
    }
}
