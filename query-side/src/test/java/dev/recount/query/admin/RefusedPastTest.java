package dev.recount.query.admin;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads of the past lack events that a projection refused, until they are retried or discarded. */
class RefusedPastTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final String FOR_EVER = "max-age=86400, private, immutable";
    private static final String NOT_FOR_LONG = "no-cache, private";

    private TestDatabase database;
    private QueryServer server;
    private JdbcClient sql;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        server = QueryServer.on(database);
        sql.sql("ALTER TABLE issue_state ADD CONSTRAINT squeamish CHECK (title <> 'poison')")
                .update();
        sql.sql("ALTER TABLE assignee_count ADD CONSTRAINT squeamish CHECK (assignee <> 7)")
                .update();
        // Positions 1 to 5: the third is refused by the history, the last by the count of assignees.
        server.append(Events.user(NOON, 7, "grace"));
        server.append(Events.issue(NOON, 1, OPEN, null));
        server.append(Events.of(NOON, "issue-1", 1, new IssueRetitled(1, "Issue 1", "poison", 2)));
        server.append(Events.of(NOON, "issue-1", 2, new IssueRetitled(1, "poison", "clean", 3)));
        server.append(Events.issue(NOON, 2, OPEN, 7L));
        server.append(Events.issue(NOON, 3, OPEN, null));
        assertThat(server.get("/issues/1?as_of=6").status()).isEqualTo(200);
        assertThat(server.get("/reports/top-assignees").status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void nothingIsRefusedAnyMore() {
        sql.sql("ALTER TABLE issue_state DROP CONSTRAINT squeamish").update();
        sql.sql("ALTER TABLE assignee_count DROP CONSTRAINT squeamish").update();
    }

    private HttpAnswer assertKeepable(String address, String expected) {
        var answer = server.get(address);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo(expected);
        assertThat(server.get(address, "If-None-Match", answer.header("ETag")).status())
                .isEqualTo(304);
        return answer;
    }

    private void retry(String projection) {
        nothingIsRefusedAnyMore();
        assertThat(server.send("POST", "/projections/" + projection + "/dead-letters/retry")
                        .status())
                .isEqualTo(200);
    }

    private void assertNewsFor(HttpAnswer before, String address) {
        var after = server.get(address, "If-None-Match", before.header("ETag"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(after.json()).isNotEqualTo(before.json());
        assertThat(assertKeepable(address, FOR_EVER).json()).isEqualTo(after.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issues/1?as_of=5", "/issues?as_of=5", "/issues/1/diff?from=1&to=position:5"})
    void what_is_told_of_the_past_changes_with_a_retried_event_and_so_does_its_tag(String address) {
        var before = assertKeepable(address, NOT_FOR_LONG);
        retry("issue-history");
        assertNewsFor(before, address);
    }

    @Test
    void a_version_that_was_known_before_the_refused_one_is_not_for_ever_either() {
        var before = assertKeepable("/issues/1?version=1", NOT_FOR_LONG);
        retry("issue-history");
        var after = assertKeepable("/issues/1?version=1", FOR_EVER);
        assertThat(after.json()).isEqualTo(before.json());
    }

    @Test
    void what_is_told_of_the_past_changes_with_a_discarded_event_and_so_does_its_tag() {
        var before = assertKeepable("/issues/1?as_of=5", NOT_FOR_LONG);
        var discarded = server.post("/projections/issue-history/dead-letters/3/discard", """
            {"reason": "of no use"}
            """);
        assertThat(discarded.status()).isEqualTo(200);
        assertNewsFor(before, "/issues/1?as_of=5");
    }

    @Test
    void a_report_of_the_past_is_told_anew_when_an_event_is_retried() {
        var address = "/reports/top-assignees?as_of=5";
        assertThat(assertKeepable(address, NOT_FOR_LONG).json()).isEmpty();
        var before = server.get(address);
        retry("assignee-count");
        assertNewsFor(before, address);
    }

    @Test
    void what_lies_before_every_refused_event_is_told_for_ever() {
        assertKeepable("/issues/1?as_of=2", FOR_EVER);
        assertKeepable("/issues?as_of=2", FOR_EVER);
        assertKeepable("/reports/top-assignees?as_of=2", FOR_EVER);
    }
}
