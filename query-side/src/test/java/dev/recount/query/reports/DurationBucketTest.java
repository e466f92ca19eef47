package dev.recount.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DurationBucketTest {

    @Test
    void short_durations_have_a_class_each() {
        assertThat(LongStream.range(0, 512).mapToInt(DurationBucket::of).boxed().toList())
                .isEqualTo(LongStream.range(0, 512)
                        .mapToObj(micros -> (int) micros)
                        .toList());
    }

    @Test
    void longer_durations_share_a_class() {
        assertThat(DurationBucket.of(512)).isEqualTo(512);
        assertThat(DurationBucket.of(513)).isEqualTo(512);
        assertThat(DurationBucket.of(514)).isEqualTo(513);
        assertThat(DurationBucket.of(1023)).isEqualTo(767);
        assertThat(DurationBucket.of(1024)).isEqualTo(768);
        assertThat(DurationBucket.of(1027)).isEqualTo(768);
        assertThat(DurationBucket.of(1028)).isEqualTo(769);
        assertThat(DurationBucket.of(Long.MAX_VALUE)).isEqualTo(54 * 256 + 511);
    }

    @Property(tries = 2_000)
    void a_longer_duration_is_never_in_a_lower_class(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long micros) {
        assertThat(DurationBucket.of(micros + 1) - DurationBucket.of(micros)).isBetween(0, 1);
    }

    @Property(tries = 2_000)
    void durations_that_differ_by_more_than_the_width_are_in_different_classes(
            @ForAll @LongRange(min = 512, max = Long.MAX_VALUE / 2) long micros) {
        var width = micros / 256 + 1;
        assertThat(DurationBucket.of(micros + width)).isGreaterThan(DurationBucket.of(micros));
    }

    @Test
    void classes_of_seconds_are_a_second_wide_at_first_and_then_a_hundred_and_twenty_eighth() {
        assertThat(DurationBucket.ofSeconds(0)).isZero();
        assertThat(DurationBucket.ofSeconds(999_999)).isZero();
        assertThat(DurationBucket.ofSeconds(1_000_000)).isEqualTo(1);
        assertThat(DurationBucket.ofSeconds(255_999_999)).isEqualTo(255);
        assertThat(DurationBucket.ofSeconds(256_000_000)).isEqualTo(256);
        assertThat(DurationBucket.ofSeconds(257_999_999)).isEqualTo(256);
        assertThat(DurationBucket.ofSeconds(258_000_000)).isEqualTo(257);
    }

    @Property(tries = 2_000)
    void a_class_of_seconds_begins_with_its_shortest_duration(@ForAll @LongRange(min = 0) long micros) {
        var bucket = DurationBucket.ofSeconds(micros);
        var least = DurationBucket.leastSeconds(bucket);
        assertThat(least).isLessThanOrEqualTo(micros / 1_000_000);
        assertThat(DurationBucket.leastSeconds(bucket + 1)).isGreaterThan(micros / 1_000_000);
        assertThat(DurationBucket.leastSeconds(bucket + 1) - least).isLessThanOrEqualTo(Math.max(1, least / 128));
    }

    @Test
    void a_negative_duration_has_none() {
        assertThatThrownBy(() -> DurationBucket.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
