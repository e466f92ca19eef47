package dev.recount.query.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The changes of a few issues, line by line, on a server whose clock shows noon of 15 February 2026.
 *
 * <p>There are the users 1, 2 and 3, and the labels {@code bug} and {@code export}.
 */
final class ReportStory implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-02-15T12:00:00Z");

    private static final Instant BEFORE = Instant.parse("2025-12-01T00:00:00Z");
    private static final List<String> LABELS = List.of("bug", "export");

    private final TestDatabase database = TestDatabase.fresh();
    private final QueryServer server = QueryServer.on(database, List.of(StoppedClock.class));
    private final Map<Long, IssueStatus> statuses = new HashMap<>();
    private final Map<Long, Long> assignees = new HashMap<>();
    private final Map<Long, Long> events = new HashMap<>();

    /** No configuration, or it would be found by every server of the tests. */
    static final class StoppedClock {
        @Bean
        @Primary
        InstantSource stoppedClock() {
            return InstantSource.fixed(NOW);
        }
    }

    ReportStory() {
        for (var user = 1L; user <= 3; user++) {
            server.append(Events.user(BEFORE, user, "user" + user));
        }
        LABELS.forEach(name ->
                server.append(Events.of(BEFORE, "label-" + name, 0, new LabelCreated(LABELS.indexOf(name) + 1, name))));
    }

    QueryServer server() {
        return server;
    }

    TestDatabase database() {
        return database;
    }

    ReportStory created(String at, long issue, IssueStatus status, Long assignee) {
        statuses.put(issue, status);
        assignees.put(issue, assignee);
        return append(at, issue, new IssueCreated(issue, "Issue " + issue, "", status, assignee, 1));
    }

    ReportStory importedWith(String at, long issue, IssueStatus status, String... names) {
        statuses.put(issue, status);
        return append(at, issue, new IssueCreated(issue, "Issue " + issue, "", status, null, 1).with(labels(names)));
    }

    ReportStory becomes(String at, long issue, IssueStatus status) {
        return append(at, issue, new IssueStatusChanged(issue, statuses.put(issue, status), status, 2));
    }

    ReportStory assigned(String at, long issue, Long assignee) {
        return append(at, issue, new IssueAssigned(issue, assignees.put(issue, assignee), assignee, 2));
    }

    ReportStory labelled(String at, long issue, String... names) {
        var labels = labels(names);
        return append(at, issue, new IssueLabelsReplaced(issue, labels, labels, List.of()));
    }

    ReportStory prioritized(String at, long issue, IssuePriority from, IssuePriority to) {
        return append(at, issue, new IssuePrioritized(issue, from, to, 2));
    }

    private static List<Label> labels(String... names) {
        return Stream.of(names)
                .map(name -> new Label(LABELS.indexOf(name) + 1, name))
                .toList();
    }

    ReportStory withdrawn(String at, long issue) {
        return append(at, issue, new IssueWithdrawn(issue, 3));
    }

    private ReportStory append(String at, long issue, Object event) {
        var sequence = events.merge(issue, 1L, Long::sum) - 1;
        server.append(Events.of(Instant.parse(at), "issue-" + issue, sequence, event));
        return this;
    }

    /** The report as JSON is the document, with its members in this order. */
    ReportStory assertJson(String address, String document) {
        var answer = server.get(address);
        assertThat(answer.status()).as(address).isEqualTo(200);
        assertThat(answer.json().toPrettyString())
                .as(address)
                .isEqualTo(HttpAnswer.parse(document).toPrettyString());
        return this;
    }

    /** The report as CSV has these lines. */
    ReportStory assertCsv(String address, String... lines) {
        var answer = server.getText(address, "Accept", "text/csv");
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;header=present;charset=UTF-8");
        assertThat(answer.body()).as(address).isEqualTo(String.join("\r\n", lines) + "\r\n");
        return this;
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
