package dev.recount.query.issues;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Deep pages of the list contain the same as if all rows before them had been counted. */
class DeepPagesTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final long SEED = 39;
    private static final int ISSUES = 2_000;
    private static final int PAGE_SIZE = 50;

    /** Nodes that share the ids give them out in blocks, so that ids and times rise together only roughly. */
    private static final int IDS_APART = 97;

    private static final int SECONDS_OUT_OF_ORDER = 400;

    private record Listed(long id, Instant createdAt, IssueStatus status) {}

    private TestDatabase database;
    private QueryServer server;
    private final List<Listed> issues = new ArrayList<>();

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
        var random = new SplittableRandom(SEED);
        var events = new ArrayList<DomainEventMessage<?>>();
        for (var number = 1L; number <= ISSUES; number++) {
            // Whole seconds, so that some are created in the same moment.
            var at = NOON.plusSeconds(number + random.nextInt(SECONDS_OUT_OF_ORDER));
            // Most of them are open, so that their list has deep pages, too.
            var issue = new Listed(number * IDS_APART, at, random.nextInt(4) > 0 ? OPEN : CLOSED);
            issues.add(issue);
            events.addAll(Events.issue(issue.createdAt(), issue.id(), issue.status(), null));
        }
        server.append(events);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void assertPagesAreRight() {
        assertPagesAreRight("", issues);
        for (var status : IssueStatus.values()) {
            var inStatus =
                    issues.stream().filter(issue -> issue.status() == status).toList();
            assertPagesAreRight("&status=" + status.wireName(), inStatus);
        }
        assertPagesAreRight("&priority=none", issues);
    }

    private void assertPagesAreRight(String filter, List<Listed> listed) {
        var expected = listed.stream()
                .sorted(Comparator.comparing(Listed::createdAt)
                        .thenComparing(Listed::id)
                        .reversed())
                .map(Listed::id)
                .toList();
        for (var page = 1; (page - 1) * PAGE_SIZE < expected.size(); page++) {
            var answer = server.get("/issues?page_size=" + PAGE_SIZE + "&page=" + page + filter);
            assertThat(answer.ids())
                    .as("page " + page + filter)
                    .isEqualTo(expected.subList((page - 1) * PAGE_SIZE, Math.min(page * PAGE_SIZE, expected.size())));
            assertThat(answer.json().get("count").asInt()).isEqualTo(expected.size());
        }
    }

    @Test
    void each_page_holds_the_rows_that_follow_on_the_ones_before() {
        assertPagesAreRight();
        assertThat(sql("SELECT count(*) FROM issue_block")).as("blocks").isGreaterThan(40);
    }

    @Test
    void issues_that_are_withdrawn_are_no_longer_counted_off() {
        var gone = issues.stream().filter(issue -> issue.id() % 7 == 0).toList();
        for (var issue : gone) {
            server.append(Events.of(NOON, "issue-" + issue.id(), 1, new IssueWithdrawn(issue.id(), 1)));
        }
        issues.removeAll(gone);
        assertPagesAreRight();
        assertThat(sql("SELECT sum(issues) FROM issue_block")).isEqualTo(issues.size());
    }

    @Test
    void issues_whose_status_changes_are_counted_off_where_they_are_now() {
        server.get("/issues");
        for (var number = 0; number < ISSUES; number++) {
            var issue = issues.get(number);
            if (number % 5 > 0 && issue.status() == OPEN) {
                var closed = new IssueStatusChanged(issue.id(), OPEN, CLOSED, 2);
                server.append(Events.of(NOON, "issue-" + issue.id(), 1, closed));
                issues.set(number, new Listed(issue.id(), issue.createdAt(), CLOSED));
            }
        }
        assertPagesAreRight();
        assertThat(sql("SELECT sum(closed) FROM issue_block"))
                .isEqualTo(issues.stream()
                        .filter(issue -> issue.status() == CLOSED)
                        .count())
                .isGreaterThan(1_500);
    }

    @Test
    void what_happens_to_an_issue_within_a_batch_is_counted_as_its_end() {
        var id = 10_000_019L;
        server.append(Events.of(
                NOON,
                "issue-" + id,
                0,
                new IssueCreated(id, "Short-lived", "", OPEN, null, 1),
                new IssueStatusChanged(id, OPEN, CLOSED, 2),
                new IssueWithdrawn(id, 3)));
        var other = new Listed(id + 1, NOON, CLOSED);
        server.append(Events.of(
                NOON,
                "issue-" + other.id(),
                0,
                new IssueCreated(other.id(), "Soon done", "", OPEN, null, 1),
                new IssueStatusChanged(other.id(), OPEN, CLOSED, 2)));
        issues.add(other);
        assertPagesAreRight();
        assertThat(sql("SELECT sum(open + in_progress + resolved + closed) FROM issue_block"))
                .isEqualTo(sql("SELECT sum(issues) FROM issue_block"))
                .isEqualTo(issues.size());
    }

    /** As while a new version of the projection is filled beside the one that is read. */
    @Test
    void blocks_that_do_not_know_every_issue_are_not_relied_on() {
        server.get("/issues");
        JdbcClient.create(database.dataSource())
                .sql("DELETE FROM issue_block WHERE block % 2 = 0")
                .update();
        assertPagesAreRight();
    }

    /** More of them than a place before the page is chosen for, at last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 150})
    void issues_that_come_while_a_deep_page_is_looked_for_move_its_count_and_its_rows_together(int newcomers) {
        server.get("/issues");
        var connections = new DelegatingDataSource(database.dataSource()) {
            private int given;

            @Override
            public Connection getConnection() throws SQLException {
                given++;
                if (given == 2) {
                    create(newcomers);
                }
                return super.getConnection();
            }
        };
        var slice = new IssueList(connections, new PageStart(connections)).slice(IssueFilter.NONE, 1_500, PAGE_SIZE);
        var expected = server.get("/issues?page_size=50&page=31");
        assertThat(slice.count()).isEqualTo(ISSUES + newcomers);
        assertThat(slice.issues().stream().map(IssueBody::id).toList()).isEqualTo(expected.ids());
    }

    private void create(int newcomers) {
        var later = NOON.plusSeconds(1_000_000);
        for (var number = 1L; number <= newcomers; number++) {
            server.append(Events.issue(later, 20_000_000 + number, OPEN, null));
        }
        assertThat(server.get("/issues?page_size=1").json().get("count").asInt())
                .isEqualTo(ISSUES + newcomers);
    }

    private long sql(String query) {
        return JdbcClient.create(database.dataSource())
                .sql(query)
                .query(Long.class)
                .single();
    }
}
