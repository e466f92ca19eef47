package dev.recount.query.responses;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Rows are changed behind Recount's back here, to distinguish a cached response from a new one. */
class ResponseCacheTest {

    private static final Set<String> OF_EACH_REQUEST = Set.of("date", "x-request-id");
    private static final AtomicReference<Instant> NOW = new AtomicReference<>();

    private TestDatabase database;
    private QueryServer server;
    private JdbcClient sql;

    static class Clock {
        @Bean
        @Primary
        InstantSource steppedClock() {
            return NOW::get;
        }
    }

    @BeforeEach
    void start() {
        NOW.set(Instant.parse("2026-02-15T12:00:00Z"));
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        server = QueryServer.on(database, List.of(Clock.class));
        server.append(Events.user(NOW.get(), 1, "alice"));
        server.append(Events.issue(NOW.get(), 1, OPEN, 1L));
        server.append(Events.issue(NOW.get(), 2, OPEN, null));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void falsify(String title) {
        sql.sql("UPDATE issue_row SET title = ?").param(title).update();
    }

    private String titleOf(long issue, String... headers) {
        return server.get("/issues/" + issue, headers).json().get("title").asString();
    }

    private static Map<String, List<String>> lastingHeaders(HttpResponse<?> response) {
        var headers = new TreeMap<>(response.headers().map());
        headers.keySet().removeIf(name -> OF_EACH_REQUEST.contains(name.toLowerCase(Locale.ROOT)));
        return headers;
    }

    @Test
    void an_answer_that_is_given_again_is_the_same_in_all_but_the_request_id() {
        var addresses = List.of(
                "/issues",
                "/issues?status=open&page_size=1",
                "/issues/1",
                "/issues/1/timeline",
                "/reports/latency",
                "/reports/top-assignees",
                "/reports/workload",
                "/reports/ageing");
        var firsts = addresses.stream().map(server::getText).toList();
        sql.sql("UPDATE issue_row SET title = 'false', status = 'closed'").update();
        sql.sql("TRUNCATE timeline_entry, workload_now, ageing_day, assignee_count, resolution_bucket")
                .update();
        for (var first : firsts) {
            var again = server.getText(first.uri().getPath()
                    + Optional.ofNullable(first.uri().getQuery())
                            .map("?"::concat)
                            .orElse(""));
            assertThat(again.statusCode()).isEqualTo(200).isEqualTo(first.statusCode());
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(lastingHeaders(again)).isEqualTo(lastingHeaders(first));
            assertThat(again.headers().firstValue("X-Request-Id"))
                    .isPresent()
                    .isNotEqualTo(first.headers().firstValue("X-Request-Id"));
        }
    }

    @Test
    void any_event_ends_it_also_of_another_process() {
        assertThat(titleOnList()).isEqualTo("Issue 2");
        falsify("false");
        assertThat(titleOnList()).isEqualTo("Issue 2");
        touchElsewhere(1);
        assertThat(titleOnList()).isEqualTo("false");
    }

    @Test
    void an_issue_is_kept_until_something_happens_to_it() {
        var timeline = server.getText("/issues/1/timeline").body();
        assertThat(titleOf(1)).isEqualTo("Issue 1");
        falsify("false");
        sql.sql("UPDATE timeline_entry SET type = 'description_change', details = '{}'")
                .update();
        for (var version = 2; version <= 4; version++) {
            touchElsewhere(2);
            assertThat(titleOf(1)).isEqualTo("Issue 1");
            assertThat(server.getText("/issues/1/timeline").body()).isEqualTo(timeline);
            assertThat(titleOf(2)).isEqualTo("false");
        }
        touchElsewhere(1);
        assertThat(titleOf(1)).isEqualTo("false");
        assertThat(server.getText("/issues/1/timeline").body()).contains("description_change");
    }

    private String titleOnList() {
        return server.get("/issues?page_size=1").json().at("/results/0/title").asString();
    }

    /** By another process, with nothing that the test sees of the issue but its version. */
    private void touchElsewhere(long issue) {
        var version = sql.sql("SELECT version FROM issue_row WHERE id = ?")
                .param(issue)
                .query(Long.class)
                .single();
        try (var other = EventStoreNode.on(database.dataSource())) {
            other.store()
                    .publish(Events.of(Instant.now(), "issue-" + issue, version, new IssueTouched(issue, version + 1)));
        }
    }

    @Test
    void a_swap_of_generations_ends_it() {
        assertThat(titleOf(2)).isEqualTo("Issue 2");
        falsify("false");
        assertThat(titleOf(1)).isEqualTo("false");
        assertThat(titleOf(2)).isEqualTo("Issue 2");
        var rebuild = server.send("POST", "/projections/issue-list/rebuilds").header("Location");
        await().until(() -> server.get(rebuild).json().get("phase").asString().equals("done"));
        assertThat(titleOf(1)).isEqualTo("Issue 1");
        falsify("false again");
        assertThat(titleOf(2)).isEqualTo("false again");
    }

    @Test
    void what_depends_on_the_day_is_not_kept_beyond_it() {
        assertThat(server.get("/reports/ageing").json().get("today").asString()).isEqualTo("2026-02-15");
        NOW.set(Instant.parse("2026-02-16T00:00:00Z"));
        assertThat(server.get("/reports/ageing").json().get("today").asString()).isEqualTo("2026-02-16");
    }

    @Test
    void what_the_client_accepts_makes_another_question() {
        var json = server.getText("/reports/ageing");
        var csv = server.getText("/reports/ageing", "Accept", "text/csv");
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(server.getText("/reports/ageing", "Accept", "text/csv").body())
                .isEqualTo(csv.body());
    }

    @Test
    void a_client_that_has_a_kept_answer_is_told_so() {
        var tag = server.get("/issues/1").header("ETag");
        falsify("false");
        for (var known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            var response = server.get("/issues/1", "If-None-Match", known);
            assertThat(response.status()).as(known).isEqualTo(304);
            assertThat(response.header("ETag")).as(known).isEqualTo(tag);
        }
        assertThat(titleOf(1, "If-None-Match", "\"x\"")).isEqualTo("Issue 1");
    }

    @Test
    void an_answer_that_only_says_that_it_is_known_is_not_kept() {
        assertThat(server.get("/issues/1", "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(titleOf(1)).isEqualTo("Issue 1");
    }

    @Test
    void who_takes_whatever_is_there_gets_what_is_there() {
        assertThat(titleOf(1)).isEqualTo("Issue 1");
        falsify("false");
        var response = server.get("/issues/1", "Prefer", "stale-ok");
        assertThat(response.json().get("title").asString()).isEqualTo("false");
        assertThat(titleOf(1)).isEqualTo("Issue 1");
    }

    @Test
    void a_refusal_is_not_kept() {
        assertThat(server.get("/issues/3").status()).isEqualTo(404);
        assertThat(server.get("/issues?status=x").status()).isEqualTo(400);
        assertThat(server.get("/issues?status=x").status()).isEqualTo(400);
        server.append(Events.issue(NOW.get(), 3, OPEN, null));
        assertThat(server.get("/issues/3").status()).isEqualTo(200);
    }

    @Test
    void the_past_says_more_than_a_kept_answer_could() {
        var first = server.getText("/issues/1?version=1");
        var again = server.getText("/issues/1?version=1");
        assertThat(first.headers().firstValue("Event-Position")).isPresent();
        assertThat(lastingHeaders(again)).isEqualTo(lastingHeaders(first));
    }

    @Test
    void who_asks_the_same_meanwhile_waits_for_that_answer_unless_it_has_to_see_more() throws Exception {
        assertThat(server.get("/reports/workload").status()).isEqualTo(200);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor();
                var lock = database.dataSource().getConnection()) {
            lock.setAutoCommit(false);
            JdbcClient.create(new SingleConnectionDataSource(lock, true))
                    .sql("LOCK TABLE ageing_day")
                    .update();
            var responses = new ArrayList<Future<String>>();
            Runnable ask = () -> responses.add(
                    readers.submit(() -> server.getText("/reports/ageing").body()));
            ask.run();
            await().until(() -> queriesThatWait() == 1);
            for (var reader = 0; reader < 7; reader++) {
                ask.run();
            }
            await().during(Duration.ofMillis(300)).until(() -> queriesThatWait() == 1);
            server.append(Events.user(NOW.get(), 2, "bob"));
            ask.run();
            await().until(() -> queriesThatWait() == 2);
            lock.rollback();
            for (var response : responses) {
                assertThat(response.get()).isEqualTo(responses.getFirst().get()).contains("\"unresolved\":2");
            }
        }
    }

    private int queriesThatWait() {
        return sql.sql("SELECT count(*) FROM pg_locks WHERE relation = 'ageing_day'::regclass AND NOT granted")
                .query(Integer.class)
                .single();
    }

    @Test
    void head_has_the_headers_of_get_and_no_body() {
        var get = server.getText("/issues/1");
        var head = server.sendForText("HEAD", "/issues/1");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    }
}
