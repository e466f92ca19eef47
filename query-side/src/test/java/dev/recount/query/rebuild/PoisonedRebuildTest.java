package dev.recount.query.rebuild;

import static dev.recount.query.rebuild.RebuildWorld.end;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.generations.TableGeneration;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoisonedRebuildTest {

    private RebuildWorld world;

    /** The user list, except that it does not get along with one event; the live one does. */
    private record Picky(Projection delegate, long refuses, boolean leavesItToTheDatabase) implements Projection {

        @Override
        public String name() {
            return delegate.name();
        }

        @Override
        public int version() {
            return delegate.version();
        }

        @Override
        public List<String> tables() {
            return delegate.tables();
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
            delegate.apply(batch, connection);
            if (batch.stream().anyMatch(logged -> logged.position() == refuses)) {
                if (!leavesItToTheDatabase) {
                    throw new IllegalStateException("no taste for it");
                }
                TableGeneration.execute(connection, "INSERT INTO user_row VALUES (1, NULL, 'x', now())");
            }
        }
    }

    @BeforeEach
    void start() {
        world = new RebuildWorld(21);
        world.tracker().act(150);
        world.await();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private RebuildState failed(Projection picky) throws Exception {
        var before = world.hashes();
        var generations = world.generations();
        try (var rebuilds = world.rebuilds("picky", picky)) {
            var state = end(rebuilds.rebuild(world.names()));
            assertThat(state.phase()).isEqualTo(RebuildPhase.FAILED);
            assertThat(state.swapped()).isEmpty();
            assertThat(world.hashes()).isEqualTo(before);
            assertThat(world.generations()).isEqualTo(generations);
            assertThat(world.debris()).isEmpty();
            return state;
        }
    }

    @Test
    void an_event_that_the_projection_refuses_is_named() throws Exception {
        var failure =
                failed(new Picky(AllProjections.named("user-list"), 97, false)).failure();
        var event = world.node().log().log().readAfter(96, 1).getFirst();
        assertThat(failure.projection()).isEqualTo("user-list");
        assertThat(failure.position()).isEqualTo(97);
        assertThat(failure.stream()).startsWith("issue-");
        assertThat(failure.type()).isEqualTo(event.getPayloadType().getSimpleName());
        assertThat(failure.cause()).contains("position 97").contains("no taste for it");
    }

    @Test
    void an_event_whose_row_the_database_refuses_is_named() throws Exception {
        var failure =
                failed(new Picky(AllProjections.named("user-list"), 42, true)).failure();
        assertThat(failure.position()).isEqualTo(42);
        assertThat(failure.cause()).contains("username").contains("not-null");
    }

    @Test
    void an_event_that_cannot_be_read_is_named() throws Exception {
        world.node().sql().sql("""
            INSERT INTO event_log
            SELECT
                max(position) + 1, 'issue-1', 9999, gen_random_uuid(), 'IssueForgotten', 1, '{}', '{}', now(),
                sha256('unsealed')
            FROM event_log
            """).update();
        var state = end(world.rebuilds().rebuild(List.of("timeline")));
        assertThat(state.phase()).isEqualTo(RebuildPhase.FAILED);
        assertThat(state.failure().position()).isEqualTo(world.head());
        assertThat(state.failure().cause()).contains("IssueForgotten");
        assertThat(world.debris()).isEmpty();
    }

    @Test
    void a_discarded_event_is_left_out_of_every_generation_and_letters_end_with_the_swap() throws Exception {
        world.node().sql().sql("""
            INSERT INTO discarded_event (projection, position, stream, cause, reason, discarded_at)
            SELECT 'user-list', position, stream, 'refused', 'of no use', now() FROM event_log WHERE position = 97
            """).update();
        world.node().sql().sql("""
            INSERT INTO dead_letter (projection, position, stream, cause, attempts, parked_at)
            SELECT name, 40, 'issue-0', 'refused', 1, now() FROM unnest(ARRAY['user-list', 'timeline']) AS name
            """).update();
        try (var rebuilds = world.rebuilds("picky", new Picky(AllProjections.named("user-list"), 97, false))) {
            assertThat(end(rebuilds.rebuild(List.of("user-list"))).phase()).isEqualTo(RebuildPhase.DONE);
        }
        assertThat(world.node()
                        .sql()
                        .sql("SELECT projection FROM dead_letter")
                        .query(String.class)
                        .list())
                .containsExactly("timeline");
    }

    @Test
    void a_table_that_cannot_be_copied_ends_the_run_before_anything_is_read() throws Exception {
        world.node().sql().sql("CREATE VIEW users AS SELECT * FROM user_row").update();
        var state = end(world.rebuilds().rebuild(List.of("user-list")));
        assertThat(state.phase()).isEqualTo(RebuildPhase.FAILED);
        assertThat(state.failure().cause()).contains("user_row is read by users");
        assertThat(state.eventsDone()).isZero();
        assertThat(world.debris()).isEmpty();
        assertThat(state.failure().projection()).isEqualTo("user-list");
        assertThat(world.generations()).containsEntry("user-list", 1);
    }
}
