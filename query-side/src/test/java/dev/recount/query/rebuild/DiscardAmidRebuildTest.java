package dev.recount.query.rebuild;

import static dev.recount.query.rebuild.RebuildWorld.end;
import static dev.recount.query.rebuild.RebuildWorld.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.query.generations.TableGeneration;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The user list refused to register a user, and the event is retried or discarded while another generation is filled.
 */
class DiscardAmidRebuildTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long USER = 77;
    private static final List<String> USER_LIST = List.of("user-list");

    private RebuildWorld world;
    private JdbcClient sql;
    private long refused;

    @BeforeEach
    void start() {
        world = new RebuildWorld(8);
        sql = world.node().sql();
        world.tracker().act(150);
        world.node().append("user-77", 0, new UserRegistered(USER, "grace", "Grace Hopper"));
        refused = world.head();
        world.node().append("user-78", 0, new UserRegistered(USER + 1, "ada", "Ada Lovelace"));
        world.tracker().act(10);
        world.await();
        sql.sql("""
            INSERT INTO dead_letter (projection, position, stream, cause, attempts, parked_at, tried_at)
            SELECT 'user-list', position, stream, 'refused', 1, now(), now() FROM event_log WHERE position = ?
            """).param(refused).update();
        sql.sql("DELETE FROM user_row WHERE id = ?").param(USER).update();
        sql.sql("UPDATE user_count SET count = count - 1").update();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** A read that goes on for long keeps the swap waiting. */
    private Connection readLong() throws Exception {
        var reader = world.database().dataSource().getConnection();
        reader.setAutoCommit(false);
        TableGeneration.execute(reader, "SELECT count(*) FROM user_row");
        return reader;
    }

    private void awaitSwapAttempt(StartOutcome run) {
        await().atMost(PATIENCE)
                .until(() -> world.rebuilds().find(started(run)).orElseThrow().swapAttempts() > 0);
    }

    private void discard() {
        assertThat(world.node().deadLetters().discard("user-list", refused, "of no use", null))
                .isPresent();
    }

    private long users() {
        return sql.sql("SELECT count(*) FROM user_row WHERE id = ?")
                .param(USER)
                .query(Long.class)
                .single();
    }

    private void assertCountIsRight() {
        assertThat(sql.sql("SELECT count FROM user_count").query(Long.class).single())
                .isEqualTo(sql.sql("SELECT count(*) FROM user_row")
                        .query(Long.class)
                        .single());
    }

    @Test
    void an_event_that_is_discarded_while_a_rebuild_waits_for_its_swap_is_not_in_the_new_generation() throws Exception {
        StartOutcome run;
        try (var reader = readLong()) {
            run = world.rebuilds().rebuild(USER_LIST);
            awaitSwapAttempt(run);
            discard();
            reader.rollback();
        }
        var state = end(run);
        assertThat(state.phase()).isEqualTo(RebuildPhase.DONE);
        assertThat(state.swapped()).containsExactly("user-list");
        assertThat(world.generations()).containsEntry("user-list", 2);
        assertThat(users()).isZero();
        assertCountIsRight();
        assertThat(world.debris()).isEmpty();
    }

    @Test
    void only_the_projections_concerned_are_filled_again() throws Exception {
        StartOutcome run;
        try (var reader = readLong()) {
            run = world.rebuilds().rebuild(List.of("timeline", "user-list"));
            awaitSwapAttempt(run);
            discard();
            reader.rollback();
        }
        assertThat(end(run).swapped()).containsExactlyInAnyOrder("timeline", "user-list");
        assertThat(world.generations()).containsEntry("user-list", 2).containsEntry("timeline", 2);
        assertThat(users()).isZero();
    }

    @Test
    void an_event_that_is_retried_while_a_rebuild_waits_for_its_swap_is_in_the_new_generation_once() throws Exception {
        StartOutcome run;
        try (var reader = readLong()) {
            run = world.rebuilds().rebuild(USER_LIST);
            awaitSwapAttempt(run);
            assertThat(world.node()
                            .deadLetters()
                            .retry("user-list", refused)
                            .orElseThrow()
                            .applied())
                    .isEqualTo(1);
            reader.rollback();
        }
        assertThat(end(run).phase()).isEqualTo(RebuildPhase.DONE);
        assertThat(users()).isEqualTo(1);
        assertThat(world.node().deadLetters().count("user-list")).isZero();
        assertCountIsRight();
    }

    @Test
    void an_event_that_is_discarded_while_a_generation_is_filled_is_no_difference_to_a_verification() throws Exception {
        try (var rebuilds = world.rebuilds("gated", new Gate(AllProjections.named("user-list")))) {
            StartOutcome run;
            try (var gate = new Gate.Closed(world.database().dataSource())) {
                run = rebuilds.verify(USER_LIST);
                await().atMost(PATIENCE).until(() -> gate.isWaitedFor(sql));
                discard();
            }
            var state = end(run);
            assertThat(state.failure()).isNull();
            assertThat(state.report().tables())
                    .allMatch(table -> table.differences().isEmpty());
        }
    }
}
