package dev.recount.query.issues;

import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.URGENT;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.Label;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadIssueEndpointTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-01-09T13:00:00.000001Z");
    private static final Instant TWO = Instant.parse("2026-01-09T14:00:00.5Z");

    private static TestDatabase database;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        server.append(Events.of(NOON, "issue-1", 0, new IssueCreated(1, "Plain", "", OPEN, null, 1)));
        server.append(
                Events.of(NOON, "issue-2", 0, new IssueCreated(2, "Rich", "Text\n\"{}\\", OPEN, 2L, 1).with(LOW)));
        server.append(Events.of(
                ONE,
                "issue-2",
                1,
                new IssueCommented(2, 31, 2, "ada", "First, \"quoted\" {NULL}\\"),
                new IssueStatusChanged(2, OPEN, IN_PROGRESS, 2),
                new IssuePrioritized(2, LOW, URGENT, 2),
                new IssueLabelsReplaced(
                        2, List.of(new Label(9, "ui"), new Label(4, "bug, big")), List.of(), List.of())));
        server.append(Events.of(TWO, "issue-2", 5, new IssueCommented(2, 30, 1, "admin", "Zweitens ü 🦋")));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void an_issue_is_read_with_its_comments_oldest_first_and_its_labels_by_name() {
        var answer = server.get("/issues/2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo(server.tag("2.5"));
        assertThat(answer.json()).isEqualTo(parse("""
            {
              "id": 2, "title": "Rich", "description": "Text\\n\\"{}\\\\", "status": "in_progress", "assignee": 2,
              "priority": "urgent", "version": 2, "created_at": "2026-01-09T12:00:00Z", "updated_at": "2026-01-09T13:00:00.000001Z",
              "comments": [
                {"id": 31, "body": "First, \\"quoted\\" {NULL}\\\\", "author": "ada",
                 "created_at": "2026-01-09T13:00:00.000001Z"},
                {"id": 30, "body": "Zweitens ü 🦋", "author": "admin", "created_at": "2026-01-09T14:00:00.500Z"}
              ],
              "labels": [{"id": 4, "name": "bug, big"}, {"id": 9, "name": "ui"}]
            }
            """));
    }

    @Test
    void an_issue_without_comments_and_labels_has_empty_lists() {
        var answer = server.get("/issues/1");
        assertThat(answer.header("ETag")).isEqualTo(server.tag("1.0"));
        assertThat(answer.json()).isEqualTo(parse("""
            {
              "id": 1, "title": "Plain", "description": "", "status": "open", "assignee": null,
              "priority": "none", "version": 1, "created_at": "2026-01-09T12:00:00Z", "updated_at": "2026-01-09T12:00:00Z",
              "comments": [], "labels": []
            }
            """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<2.5>", "W/<2.5>", "<1.0>, <2.5>", "*"})
    void a_client_that_has_it_already_is_told_so(String tags) {
        var log = server.position(0).substring(1);
        var answer =
                server.get("/issues/2", "If-None-Match", tags.replace("<", "\"").replace(">", log + "\""));
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(server.tag("2.5"));
        assertThat(answer.json().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"2.4\"", "\"1.5\"", "\"2.5\"", "\"2.5@000000000000\""})
    void a_client_that_has_an_older_one_gets_the_new_one(String tags) {
        assertThat(server.get("/issues/2", "If-None-Match", tags).status()).isEqualTo(200);
    }

    @Test
    void a_comment_alone_changes_the_entity_tag() {
        server.append(Events.issue(NOON, 3, OPEN, null));
        var before = server.get("/issues/3").header("ETag");
        server.append(Events.of(ONE, "issue-3", 1, new IssueCommented(3, 40, 1, "admin", "Seen")));
        assertThat(server.get("/issues/3", "If-None-Match", before).status()).isEqualTo(200);
    }

    @Test
    void head_answers_the_same_without_a_body() {
        var answer = server.send("HEAD", "/issues/2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo(server.tag("2.5"));
        assertThat(answer.json().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"77", "0", "-1", "+1", "01", "1.0", "one", "%20", "9223372036854775807", "9223372036854775808"})
    void an_id_that_no_issue_has_is_not_found(String id) {
        var answer = server.get("/issues/" + id);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo("unknown-issue");
    }

    @Test
    void an_address_with_a_trailing_slash_or_another_method_is_refused_with_a_problem() {
        assertThat(server.get("/issues/1/").code()).isEqualTo("not-found");
        assertThat(server.send("DELETE", "/issues/1").status()).isEqualTo(405);
        assertThat(server.get("/issues/1", "Accept", "image/png").status()).isEqualTo(406);
    }
}
