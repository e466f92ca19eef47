package dev.recount.query.responses;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** PostgreSQL crashes after a read has waited for its projection and before it reads the rows. */
class CrashAmidReadsTest {

    private static final Instant AT = Instant.parse("2026-02-15T12:00:00Z");
    private static final Runnable NOTHING = () -> {};
    private static final AtomicReference<Runnable> BEFORE_THE_ROWS = new AtomicReference<>(NOTHING);

    private TestDatabase database;
    private QueryServer server;

    /** Runs after the barrier and before the endpoint. */
    @ControllerAdvice
    static class Between {

        @ModelAttribute
        void beforeTheRows() {
            BEFORE_THE_ROWS.getAndSet(NOTHING).run();
        }
    }

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, List.of(Between.class));
        server.append(Events.user(AT, 1, "alice"));
        server.append(Events.issue(AT, 1, OPEN, 1L));
    }

    @AfterEach
    void stop() {
        BEFORE_THE_ROWS.set(NOTHING);
        server.close();
        database.close();
    }

    private CrashedDatabase diskAsOfNow() {
        List.of("/issues", "/issues/1/timeline", "/users", "/issues/1/diff?from=1")
                .forEach(address ->
                        assertThat(server.getText(address).statusCode()).isEqualTo(200));
        return CrashedDatabase.asOfNow(
                database,
                List.of("issue-list", "timeline", "user-list"),
                List.of(
                        "issue_row",
                        "issue_comment",
                        "issue_label",
                        "issue_count",
                        "issue_block",
                        "timeline_entry",
                        "timeline_issue",
                        "user_row",
                        "user_count"));
    }

    @ParameterizedTest
    @CsvSource({
        "/issues, Renamed",
        "/issues/1, Renamed",
        "/issues/1/timeline, Renamed",
        "/users, bob",
        "/users/2, bob",
    })
    void a_read_amid_a_crash_shows_what_was_written_before_it_and_so_do_those_after_it(String address, String written) {
        var crash = diskAsOfNow();
        server.append(Events.of(AT, "issue-1", 1, new IssueRetitled(1, "Issue 1", "Renamed", 2)));
        server.append(Events.user(AT, 2, "bob"));
        BEFORE_THE_ROWS.set(crash::happen);
        assertShownOrUnavailable(server.getText(address), written);
        assertThat(BEFORE_THE_ROWS.get()).isSameAs(NOTHING);
        await().until(() -> assertShownOrUnavailable(server.getText(address), written));
    }

    /** The pool may return a connection that was just cut; the response then reports it. */
    private static boolean assertShownOrUnavailable(HttpResponse<String> response, String written) {
        if (response.statusCode() == 503) {
            return false;
        }
        assertThat(response.body()).contains(written);
        return true;
    }

    @Test
    void an_edition_that_a_crash_took_back_does_not_come_again() {
        var sql = JdbcClient.create(database.dataSource());
        var crash = diskAsOfNow();
        rebuildIssueList();
        var first = rowsEpoch(sql);
        crash.happen();
        rebuildIssueList();
        assertThat(rowsEpoch(sql)).isNotEqualTo(first);
    }

    private void rebuildIssueList() {
        var run = server.send("POST", "/projections/issue-list/rebuilds").header("Location");
        await().until(() -> server.get(run).json().get("phase").asString().equals("done"));
    }

    private static long rowsEpoch(JdbcClient sql) {
        return sql.sql("SELECT edition FROM projection WHERE name = 'issue-list'")
                .query(Long.class)
                .single();
    }
}
