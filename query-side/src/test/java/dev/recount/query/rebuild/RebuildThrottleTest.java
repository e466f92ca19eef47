package dev.recount.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.consistency.ReadActivity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildThrottleTest {

    private static final Duration WORK = Duration.ofMillis(10);

    private final RebuildWorld world = new RebuildWorld(71);
    private final ReadActivity activity = new ReadActivity();
    private final RebuildThrottle throttle = new RebuildThrottle(activity);
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = world.database().dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        world.close();
    }

    @Test
    void alone_it_works_with_all_it_has_and_does_not_rest() throws SQLException {
        throttle.look(connection);
        throttle.look(connection);
        assertThat(throttle.restAfter(WORK)).isZero();
        assertThat(throttle.workers(4)).isEqualTo(4);
        assertThat(throttle.eventsPerWindow()).isGreaterThan(10_000);
    }

    @Test
    void while_somebody_reads_it_rests_between_short_windows_and_works_alone() {
        activity.noteRead();
        assertThat(throttle.restAfter(WORK)).isGreaterThan(WORK);
        assertThat(throttle.workers(4)).isEqualTo(1);
        assertThat(throttle.eventsPerWindow()).isLessThan(1_000);
    }

    @Test
    void one_who_insists_takes_all_there_is() {
        activity.noteRead();
        throttle.ignoreReaders(true);
        assertThat(throttle.restAfter(WORK)).isZero();
        assertThat(throttle.workers(4)).isEqualTo(4);
        throttle.ignoreReaders(false);
        assertThat(throttle.workers(4)).isEqualTo(1);
    }

    @Test
    void while_another_node_is_alive_it_is_due() throws SQLException {
        claim("elsewhere/1", "1 minute");
        throttle.look(connection);
        assertThat(throttle.isDue()).isTrue();
        claim("elsewhere/1", "-1 minute");
        throttle.look(connection);
        assertThat(throttle.isDue()).isFalse();
    }

    private void claim(String node, String until) {
        world.node().sql().sql("""
            INSERT INTO projection_claim (projection, node, node_name, claimed_until)
            VALUES ('another', gen_random_uuid(), :node, now() + :until::interval)
            ON CONFLICT (projection) DO UPDATE SET claimed_until = excluded.claimed_until
            """).param("node", node).param("until", until).update();
    }
}
