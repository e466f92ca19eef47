package dev.recount.query.timeline;

import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssuePriority.URGENT;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.Label;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTimelineEndpointTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-01-09T13:00:00.000001Z");

    private static TestDatabase database;
    private static QueryServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static List<DomainEventMessage<?>> by(long actor, List<DomainEventMessage<?>> events) {
        return events.stream()
                .<DomainEventMessage<?>>map(event -> event.andMetaData(Map.of(EventMetadata.ACTOR, "" + actor)))
                .toList();
    }

    @Test
    void every_change_is_told_in_order_with_version_and_actor() {
        server.append(by(3, Events.issue(NOON, 2, OPEN, 1L)));
        server.append(by(
                4,
                Events.of(
                        ONE,
                        "issue-2",
                        1,
                        new IssueCommented(2, 31, 5, "ada", "First, \"quoted\" {NULL}\\ 🦋"),
                        new IssueStatusChanged(2, OPEN, IN_PROGRESS, 2),
                        new IssueAssigned(2, 1L, null, 2),
                        new IssueTouched(2, 3),
                        new IssueLabelsReplaced(
                                2,
                                List.of(new Label(9, "ui"), new Label(4, "bug, big")),
                                List.of(new Label(4, "bug, big")),
                                List.of(new Label(7, "docs"))))));
        server.append(Events.of(
                ONE,
                "issue-2",
                6,
                new IssueRetitled(2, "Issue 2", "Second", 4),
                new IssueDescriptionChanged(2, "long text", 4),
                new IssueStatusChanged(2, IN_PROGRESS, CLOSED, 5),
                new IssuePrioritized(2, NONE, URGENT, 6)));
        var answer = server.get("/issues/2/timeline");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json()).isEqualTo(parse("""
            [
              {"type": "created", "timestamp": "2026-01-09T12:00:00Z",
               "details": {"title": "Issue 2", "status": "open"}, "sequence": 0, "version": 1, "actor": 3},
              {"type": "comment", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"author": "ada", "body": "First, \\"quoted\\" {NULL}\\\\ 🦋"},
               "sequence": 1, "version": 1, "actor": 4},
              {"type": "status_change", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"status": "in_progress", "from": "open"}, "sequence": 2, "version": 2, "actor": 4},
              {"type": "assignment", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"assignee": null, "from": 1}, "sequence": 3, "version": 2, "actor": 4},
              {"type": "label_update", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"labels": ["ui", "bug, big"], "added": ["bug, big"], "removed": ["docs"]},
               "sequence": 5, "version": 3, "actor": 4},
              {"type": "title_change", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"title": "Second", "from": "Issue 2"}, "sequence": 6, "version": 4, "actor": null},
              {"type": "description_change", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {}, "sequence": 7, "version": 4, "actor": null},
              {"type": "status_change", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"status": "closed", "from": "in_progress"}, "sequence": 8, "version": 5, "actor": null},
              {"type": "priority_change", "timestamp": "2026-01-09T13:00:00.000001Z",
               "details": {"priority": "urgent", "from": "none"}, "sequence": 9, "version": 6, "actor": null}
            ]
            """));
    }

    @Test
    void a_change_is_told_as_soon_as_it_is_in_the_log() {
        server.append(Events.issue(NOON, 3, OPEN, null));
        assertThat(server.get("/issues/3/timeline").json()).hasSize(1);
        for (var comment = 1; comment <= 30; comment++) {
            server.append(
                    Events.of(NOON, "issue-3", comment, new IssueCommented(3, comment, 1, "admin", "No. " + comment)));
            assertThat(server.get("/issues/3/timeline").json()).hasSize(1 + comment);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"77", "0", "-1", "+1", "01", "1.0", "one", "%20", "9223372036854775807", "9223372036854775808"})
    void an_id_that_no_issue_has_is_not_found(String id) {
        var answer = server.get("/issues/" + id + "/timeline");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo("unknown-issue");
    }

    @Test
    void an_issue_is_known_as_soon_as_it_is_in_the_log() {
        for (var issue = 100L; issue < 130; issue++) {
            assertThat(server.get("/issues/" + issue + "/timeline").status()).isEqualTo(404);
            server.append(Events.issue(NOON, issue, OPEN, null));
            assertThat(server.get("/issues/" + issue + "/timeline").status()).isEqualTo(200);
        }
    }

    @Test
    void another_address_method_or_media_type_is_refused_with_a_problem() {
        server.append(Events.issue(NOON, 4, OPEN, null));
        assertThat(server.get("/issues/4/timeline/").code()).isEqualTo("not-found");
        assertThat(server.send("POST", "/issues/4/timeline").code()).isEqualTo("method-not-allowed");
        var answer = server.get("/issues/4/timeline", "Accept", "text/html");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.code()).isEqualTo("not-acceptable");
        assertThat(server.get("/issues/4/timeline", "Accept", "application/*").status())
                .isEqualTo(200);
    }
}
