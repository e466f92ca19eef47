package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchTimingTest {

    private static final Duration GATHERS = Duration.ofMillis(250);

    private long head = 10_000;
    private long nanos;
    private final BatchTiming timing = new BatchTiming(() -> head, () -> nanos);

    private void pass(Duration time, long arrived) {
        nanos += time.toNanos();
        head += arrived;
    }

    @Test
    void one_that_has_caught_up_lets_events_gather() {
        pass(Duration.ofMillis(10), 1_000);
        assertThat(timing.rest(GATHERS, 10_000)).isEqualTo(GATHERS);
    }

    @Test
    void amid_many_writes_it_rests_three_times_as_long_as_it_worked() {
        pass(Duration.ofMillis(200), 400);
        assertThat(timing.isAmidWrites()).isTrue();
        assertThat(timing.rest(GATHERS, 2_000)).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void it_rests_no_less_amid_many_writes_than_otherwise() {
        pass(Duration.ofMillis(20), 100);
        assertThat(timing.rest(GATHERS, 2_000)).isEqualTo(GATHERS);
    }

    @Test
    void what_is_behind_while_little_is_written_does_not_rest() {
        pass(Duration.ofMillis(200), 399);
        assertThat(timing.isAmidWrites()).isFalse();
        assertThat(timing.rest(GATHERS, 2_000)).isEqualTo(Duration.ZERO);
    }
}
