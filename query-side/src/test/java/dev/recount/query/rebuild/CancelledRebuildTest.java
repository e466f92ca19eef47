package dev.recount.query.rebuild;

import static dev.recount.query.rebuild.RebuildWorld.end;
import static dev.recount.query.rebuild.RebuildWorld.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.query.generations.TableGeneration;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs that are cancelled in the middle of a statement that would take a minute, or wait for one. */
class CancelledRebuildTest {

    private static final String ISSUES = "issue-list";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** A projection of which a run, and only a run, writes each row in a minute. */
    static final class SlowlyCopied implements Projection {

        static void createTable(JdbcClient sql) {
            sql.sql("""
                CREATE FUNCTION wait_in_a_run() RETURNS boolean LANGUAGE plpgsql AS $$
                BEGIN
                    IF current_setting('search_path') LIKE '%recount%' THEN
                        PERFORM pg_sleep(60);
                    END IF;
                    RETURN true;
                END
                $$
                """).update();
            sql.sql("CREATE TABLE slowly_copied (position bigint PRIMARY KEY CHECK (wait_in_a_run()))")
                    .update();
        }

        @Override
        public String name() {
            return "slowly-copied";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> tables() {
            return List.of("slowly_copied");
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
            var text = new StringBuilder();
            batch.forEach(logged -> text.append(logged.position()).append('\n'));
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY slowly_copied FROM STDIN", new StringReader(text.toString()));
            } catch (IOException broken) {
                throw new SQLException(broken);
            }
        }
    }

    @Test
    void a_copy_is_broken_into() throws Exception {
        try (var world = new RebuildWorld(51);
                var slow = world.rebuilds("slow", new SlowlyCopied())) {
            SlowlyCopied.createTable(world.node().sql());
            world.tracker().act(20);
            var outcome = slow.rebuild(List.of("slowly-copied"));
            awaitStatement(world, "COPY slowly_copied");
            assertThat(world.rebuilds().cancel(started(outcome)))
                    .as("on another node")
                    .isEqualTo(CancelOutcome.REQUESTED);
            await().atMost(SOON)
                    .until(() -> slow.find(started(outcome)).orElseThrow().phase() == RebuildPhase.CANCELLED);
            assertThat(end(outcome).failure()).isNull();
            assertThat(world.debris()).isEmpty();
            assertNobodyIsLeftWithSettingsOfTheRun(world);
        }
    }

    @Test
    void the_building_of_an_index_is_broken_into() throws Exception {
        try (var world = new RebuildWorld(52);
                var gated = world.rebuilds("gated", new Gate(AllProjections.named(ISSUES)));
                var gate = new Gate.Closed(world.database().dataSource());
                var other = world.database().dataSource().getConnection()) {
            world.tracker().act(20);
            world.await();
            var before = world.hashes();
            var outcome = gated.rebuild(List.of(ISSUES));
            await().until(() -> gate.isWaitedFor(world.node().sql()));
            other.setAutoCommit(false);
            var schema = world.node()
                    .sql()
                    .sql("SELECT schemaname FROM pg_tables WHERE tablename = 'issue_row' AND schemaname LIKE"
                            + " 'recount%'")
                    .query(String.class)
                    .single();
            TableGeneration.execute(other, "LOCK TABLE %s.issue_row IN ROW EXCLUSIVE MODE".formatted(schema));
            gate.close();
            awaitStatement(world, "INDEX");
            assertThat(gated.find(started(outcome)).orElseThrow().phase()).isEqualTo(RebuildPhase.INDEXING);
            gated.cancel(started(outcome));
            await().atMost(SOON).until(() -> !isWaiting(world, "INDEX"));
            other.rollback();
            other.setAutoCommit(true);
            assertThat(end(outcome).phase()).isEqualTo(RebuildPhase.CANCELLED);
            assertThat(world.debris()).isEmpty();
            assertThat(world.hashes()).isEqualTo(before);
        }
    }

    @Test
    void a_run_that_waits_is_broken_into_also_when_its_process_ends() throws Exception {
        try (var world = new RebuildWorld(53);
                var gate = new Gate.Closed(world.database().dataSource())) {
            world.tracker().act(20);
            StartOutcome outcome;
            try (var gated = world.rebuilds("gated", new Gate(AllProjections.named(ISSUES)))) {
                outcome = gated.rebuild(List.of(ISSUES));
                await().until(() -> gate.isWaitedFor(world.node().sql()));
            }
            assertThat(end(outcome).phase()).isEqualTo(RebuildPhase.INTERRUPTED);
            assertThat(world.debris()).isEmpty();
        }
    }

    private static void awaitStatement(RebuildWorld world, String part) {
        await().atMost(SOON).until(() -> isWaiting(world, part));
    }

    /** Whether a statement with this in it sleeps or waits for a lock. */
    private static boolean isWaiting(RebuildWorld world, String part) {
        return world.node().sql().sql("""
            SELECT count(*)
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'
                AND wait_event_type IN ('Timeout', 'Lock') AND position(? IN query) > 0
            """).param(part).query(Integer.class).single() > 0;
    }

    private static void assertNobodyIsLeftWithSettingsOfTheRun(RebuildWorld world) throws SQLException {
        for (var i = 0; i < 10; i++) {
            try (var connection = world.database().dataSource().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SHOW search_path")) {
                row.next();
                assertThat(row.getString(1)).doesNotContain("recount");
            }
        }
    }
}
