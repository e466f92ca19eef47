package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.checkpoint.Checkpoints;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveProjectionTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();

    private LiveProjection at(long position, Duration batchDelay) {
        return IdleProjection.live("idle", batchDelay, position, LONG, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void one_that_gathers_events_waits_until_a_read_wants_more_than_it_has() {
        var live = at(100, Duration.ofMillis(250));
        assertThat(live.isBehind(5_000)).isTrue();
        assertThat(live.takesTurn(5_000)).isFalse();
        live.requestCatchUp(100, 5_000);
        assertThat(live.takesTurn(5_000)).isFalse();
        live.requestCatchUp(3_000, 5_000);
        assertThat(live.takesTurn(5_000)).isTrue();
    }

    @Test
    void a_demand_lasts_until_it_is_met() {
        var live = at(100, Duration.ofMillis(250));
        live.requestCatchUp(3_000, 5_000);
        live.committed(new Checkpoints.Advance(Set.of("idle"), Set.of(), 0), 2_100, LONG);
        assertThat(live.isBehind(5_000)).isTrue();
        assertThat(live.takesTurn(5_000)).isTrue();
        live.committed(new Checkpoints.Advance(Set.of("idle"), Set.of(), 0), 3_000, LONG);
        assertThat(live.takesTurn(5_000)).isFalse();
    }

    @Test
    void a_reader_that_heard_of_an_append_before_the_projector_did_is_served_at_once() {
        var live = at(100, Duration.ofMillis(250));
        live.requestCatchUp(101, 100);
        assertThat(live.takesTurn(101)).isTrue();
    }

    @Test
    void a_position_that_the_log_may_never_reach_is_not_demanded_for_ever() {
        var live = at(100, Duration.ofMillis(250));
        live.requestCatchUp(Long.MAX_VALUE / 2, 100);
        assertThat(live.takesTurn(5_000)).isTrue();
        live.committed(new Checkpoints.Advance(Set.of("idle"), Set.of(), 0), 20_000, LONG);
        assertThat(live.isBehind(20_001)).isTrue();
        assertThat(live.takesTurn(20_001)).isFalse();
    }

    @Test
    void a_backlog_is_not_let_grow_for_ever() {
        var live = at(100, Duration.ofMillis(250));
        assertThat(live.isBehind(50_099)).isTrue();
        assertThat(live.takesTurn(50_099)).isFalse();
        assertThat(live.takesTurn(50_100)).isTrue();
    }

    @Test
    void one_that_does_not_gather_takes_every_turn() {
        var live = at(100, Duration.ZERO);
        assertThat(live.isBehind(101)).isTrue();
        assertThat(live.takesTurn(101)).isTrue();
    }

    @Test
    void events_gather_from_the_first_one_that_it_lacks() {
        var live = at(100, Duration.ofMillis(250));
        pass(LONG.multipliedBy(2));
        assertThat(live.isBehind(100)).isFalse();
        assertThat(live.isBehind(101)).isTrue();
        assertThat(live.takesTurn(101)).isFalse();
        pass(LONG);
        assertThat(live.isBehind(101)).isTrue();
        assertThat(live.takesTurn(101)).isTrue();
        assertThat(live.waited()).isEqualTo(LONG);
    }

    @Test
    void one_that_is_not_where_it_was_thought_is_not_behind_until_it_is_located() {
        var live = at(100, Duration.ZERO);
        live.forgetPosition();
        assertThat(live.isBehind(200)).isFalse();
        live.locate(150);
        assertThat(live.isBehind(200)).isTrue();
    }
}
