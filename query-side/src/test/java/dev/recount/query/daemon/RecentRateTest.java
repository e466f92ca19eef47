package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentRateTest {

    private final RecentRate rate = new RecentRate();

    private void seen(long second, long position) {
        rate.seen(TimeUnit.SECONDS.toNanos(second), position);
    }

    @Test
    void one_look_tells_nothing() {
        seen(0, 5_000);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void it_is_the_mean_over_the_last_ten_seconds() {
        seen(0, 0);
        seen(1, 100);
        seen(2, 300);
        assertThat(rate.perSecond()).isEqualTo(150);
        seen(11, 1_100);
        assertThat(rate.perSecond()).isEqualTo(100);
    }

    @Test
    void what_stands_still_comes_to_zero() {
        for (var second = 0; second <= 5; second++) {
            seen(second, 1_000L * second);
        }
        for (var second = 6; second <= 16; second++) {
            seen(second, 5_000);
        }
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void what_was_sent_back_is_measured_anew() {
        seen(0, 0);
        seen(1, 9_000);
        seen(2, 10);
        assertThat(rate.perSecond()).isZero();
        seen(3, 30);
        assertThat(rate.perSecond()).isEqualTo(20);
    }

    @Test
    void seldom_looks_are_enough() {
        seen(0, 0);
        seen(60, 600);
        seen(120, 1_200);
        assertThat(rate.perSecond()).isEqualTo(10);
    }
}
