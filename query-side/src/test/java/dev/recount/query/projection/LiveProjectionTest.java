package dev.recount.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveProjectionTest {

    private static final Duration LONG = Duration.ofHours(1);

    /** One that lets events gather, or not. */
    private record Idle(Duration gathers) implements Projection {

        @Override
        public String name() {
            return "idle";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) {}
    }

    private static LiveProjection at(long position, Duration gathers) {
        var live = new LiveProjection(new Idle(gathers), new ProjectionPositions());
        live.settle(new ProjectionRows.Advance(Set.of("idle"), Set.of()), position, LONG);
        return live;
    }

    @Test
    void one_that_gathers_events_waits_until_a_read_wants_more_than_it_has() {
        var live = at(100, Duration.ofMillis(250));
        assertThat(live.takesTurn(5_000)).isFalse();
        live.demand(100, 5_000);
        assertThat(live.takesTurn(5_000)).isFalse();
        live.demand(3_000, 5_000);
        assertThat(live.takesTurn(5_000)).isTrue();
    }

    @Test
    void a_demand_lasts_until_it_is_met() {
        var live = at(100, Duration.ofMillis(250));
        live.demand(3_000, 5_000);
        live.settle(new ProjectionRows.Advance(Set.of("idle"), Set.of()), 2_100, LONG);
        assertThat(live.takesTurn(5_000)).isTrue();
        live.settle(new ProjectionRows.Advance(Set.of("idle"), Set.of()), 3_000, LONG);
        assertThat(live.takesTurn(5_000)).isFalse();
    }

    @Test
    void a_reader_that_heard_of_an_append_before_the_projector_did_is_served_at_once() {
        var live = at(100, Duration.ofMillis(250));
        live.demand(101, 100);
        assertThat(live.takesTurn(101)).isTrue();
    }

    @Test
    void a_position_that_the_log_may_never_reach_is_not_demanded_for_ever() {
        var live = at(100, Duration.ofMillis(250));
        live.demand(Long.MAX_VALUE / 2, 100);
        assertThat(live.takesTurn(5_000)).isTrue();
        live.settle(new ProjectionRows.Advance(Set.of("idle"), Set.of()), 20_000, LONG);
        assertThat(live.takesTurn(20_001)).isFalse();
    }

    @Test
    void a_backlog_is_not_let_grow_for_ever() {
        var live = at(100, Duration.ofMillis(250));
        assertThat(live.takesTurn(50_099)).isFalse();
        assertThat(live.takesTurn(50_100)).isTrue();
    }

    @Test
    void one_that_does_not_gather_takes_every_turn() {
        assertThat(at(100, Duration.ZERO).takesTurn(101)).isTrue();
    }
}
