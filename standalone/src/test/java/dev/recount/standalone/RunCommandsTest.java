package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.standalone.CommandProcess.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Runs {@code rebuild} and {@code verify} beside a running server. */
class RunCommandsTest {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int INTERRUPTED = 130;

    private static Recount recount;

    @BeforeAll
    static void start() {
        recount = Recount.start();
        for (int number = 1; number <= 3; number++) {
            recount.client().post("/issues", Map.of("title", "issue " + number)).expect(201);
        }
        recount.client()
                .patch("/issues/2", Map.of("version", 1, "status", "resolved"))
                .expect(200);
        recount.client().get("/issues").expect(200);
    }

    @AfterAll
    static void stop() {
        recount.close();
    }

    @Test
    void a_rebuild_swaps_in_a_new_generation_under_a_running_server() {
        long before = generation("issue-list");
        Result result = run("rebuild", "issue-list", "user-list");
        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.output()).startsWith("Rebuilt issue-list, user-list from 6 events in ");
        assertThat(result.errors().lines()).last().asString().startsWith("done  100 %  6/6");
        assertThat(generation("issue-list")).isEqualTo(before + 1);
        assertThat(recount.client()
                        .get("/issues")
                        .expect(200)
                        .body()
                        .path("count")
                        .asInt())
                .isEqualTo(3);
        assertThat(debris()).isEmpty();
    }

    @Test
    void all_projections_are_rebuilt_and_told_in_one_document() {
        Result result = run("rebuild", "--all", "--json", "--quiet");
        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.errors()).matches("Opening \\S+ \\.\\.\\.\\n");
        JsonNode run = result.json();
        assertThat(run.path("kind").asString()).isEqualTo("rebuild");
        assertThat(run.path("phase").asString()).isEqualTo("done");
        assertThat(run.path("swapped")).hasSameSizeAs(run.path("projections"));
        assertThat(run.path("projections").valueStream().map(JsonNode::asString))
                .contains("issue-list", "timeline");
        assertThat(run.path("events_done").asInt()).isEqualTo(6);
    }

    @Test
    void a_run_is_the_same_document_as_over_http() {
        for (String command : List.of("rebuild", "verify")) {
            Result result = run(command, "--json", "--quiet", "user-list");
            assertThat(result.exitCode()).as(result.errors()).isZero();
            JsonNode told = result.json();
            assertThat(told)
                    .isEqualTo(recount.client()
                            .get("/rebuilds/" + told.path("id").asLong())
                            .expect(200)
                            .body());
            assertThat(told.propertyNames()).contains("longest_lock_seconds", "differing_rows");
        }
    }

    @Test
    void a_clean_system_is_said_to_be_clean_and_a_forged_row_is_shown_with_its_events() {
        Result clean = run("verify");
        assertThat(clean.exitCode()).as(clean.errors()).isZero();
        assertThat(clean.output()).contains("issue_row").endsWith("No differences.\n");

        sql().sql("UPDATE issue_row SET title = 'forged' WHERE id = 2").update();
        try {
            Result forged = run("verify", "issue-list");
            assertThat(forged.exitCode()).isEqualTo(FAILED);
            assertThat(forged.output()).contains("""
                issue_row, id 2: changed
                    title: found "forged", expected "issue 2"
                    events: stream issue-2, positions\
                """).endsWith("The tables differ from the log.\n");
            Result document = run("verify", "--json", "issue-list", "user-list");
            assertThat(document.exitCode()).isEqualTo(FAILED);
            JsonNode table = document.json()
                    .path("report")
                    .path("tables")
                    .valueStream()
                    .filter(candidate -> candidate.path("table").asString().equals("issue_row"))
                    .findAny()
                    .orElseThrow();
            assertThat(table.path("changed").asInt()).isOne();
            JsonNode difference = table.path("differences").get(0);
            assertThat(difference.path("key").path("id").asInt()).isEqualTo(2);
            assertThat(difference.path("found").path("title").asString()).isEqualTo("forged");
            assertThat(difference.path("expected").path("title").asString()).isEqualTo("issue 2");
            assertThat(difference.path("events").path("positions")).hasSize(2);
        } finally {
            sql().sql("UPDATE issue_row SET title = 'issue 2' WHERE id = 2").update();
        }
    }

    @Test
    void a_snapshot_that_was_forged_with_its_hash_is_shown() {
        sql().sql("""
            INSERT INTO snapshot (stream, sequence, type, revision, payload, recorded_at, leaf_hash, hash)
            SELECT stream, sequence, 'IssueSnapshot', 3, '{"id": 3, "title": "forged"}', recorded_at, leaf_hash,
                snapshot_hash(stream, sequence, 'IssueSnapshot', 3, '{"id": 3, "title": "forged"}', leaf_hash)
            FROM event_log
            WHERE stream = 'issue-3' AND sequence = 0
            """).update();
        try {
            Result forged = run("verify", "--json", "--quiet");
            assertThat(forged.exitCode()).isEqualTo(FAILED);
            JsonNode snapshots = forged.json().path("snapshots");
            assertThat(snapshots.path("snapshots").asInt()).isOne();
            assertThat(snapshots.path("differences")).hasSize(1);
            assertThat(snapshots.at("/differences/0/stream").asString()).isEqualTo("issue-3");
            assertThat(snapshots.at("/differences/0/reason").asString()).isEqualTo("its events lead to another state");
            assertThat(run("verify", "--quiet").output())
                    .contains("1 snapshots recomputed, 1 of them differ from the log.\n"
                            + "snapshot of issue-3 at sequence 0: its events lead to another state\n");
        } finally {
            sql().sql("DELETE FROM snapshot").update();
        }
    }

    @Test
    void an_unknown_projection_is_answered_with_those_there_are() {
        Result unknown = run("rebuild", "--json", "issue-lisd");
        assertThat(unknown.exitCode()).isEqualTo(USAGE);
        assertThat(unknown.errors())
                .startsWith("There is no projection issue-lisd. There are\n")
                .contains("issue-list");
        assertThat(unknown.json().path("error").path("code").asString()).isEqualTo("unknown-projection");
        Result none = run("rebuild");
        assertThat(none.exitCode()).isEqualTo(USAGE);
        assertThat(none.errors()).startsWith("Either name projections or say --all.");
        assertThat(run("rebuild", "--all", "issue-list").exitCode()).isEqualTo(USAGE);
    }

    @Test
    void while_a_run_goes_on_another_is_refused_and_ctrl_c_leaves_nothing_of_it() throws Exception {
        long before = generation("timeline");
        CommandProcess first;
        try (Connection connection = recount.database().dataSource().getConnection()) {
            keepReadersOffTheLog(connection);
            first = CommandProcess.start(Map.of(), database("rebuild", "timeline"));
            await().atMost(Duration.ofMinutes(1)).until(() -> !running().isEmpty());
            Result second = run("rebuild", "timeline");
            assertThat(second.exitCode()).isEqualTo(FAILED);
            assertThat(second.errors())
                    .contains("Another run is at work on timeline (rebuild "
                            + running().getFirst() + " in process ");
            first.interrupt();
            await().atMost(Duration.ofMinutes(1)).until(RunCommandsTest::cancelIsRequested);
            connection.rollback();
        }
        Result interrupted = first.end();
        assertThat(interrupted.exitCode()).as(interrupted.errors()).isEqualTo(INTERRUPTED);
        assertThat(interrupted.output()).isEmpty();
        assertThat(interrupted.errors()).endsWith("The rebuild of timeline was cancelled. Nothing has changed.\n");
        assertThat(running()).isEmpty();
        assertThat(debris()).isEmpty();
        assertThat(generation("timeline")).isEqualTo(before);
        assertThat(run("verify", "timeline").exitCode()).isZero();
    }

    private static void keepReadersOffTheLog(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE event_log IN ACCESS EXCLUSIVE MODE");
        }
    }

    private static boolean cancelIsRequested() {
        return sql().sql("SELECT bool_or(cancel_requested) FROM rebuild WHERE finished_at IS NULL")
                .query(Boolean.class)
                .single();
    }

    private static List<Long> running() {
        return sql().sql("SELECT id FROM rebuild WHERE finished_at IS NULL")
                .query(Long.class)
                .list();
    }

    private static List<String> debris() {
        return sql().sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'recount%'")
                .query(String.class)
                .list();
    }

    private static long generation(String projection) {
        return sql().sql("SELECT generation FROM projection WHERE name = ?")
                .param(projection)
                .query(Long.class)
                .single();
    }

    private static JdbcClient sql() {
        return JdbcClient.create(recount.database().dataSource());
    }

    private static Result run(String... arguments) {
        return CommandProcess.run(database(arguments));
    }

    private static String[] database(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.url=" + recount.database().url());
        all.add("--spring.datasource.username=" + recount.database().user());
        all.add("--spring.datasource.password=" + recount.database().password());
        return all.toArray(String[]::new);
    }
}
