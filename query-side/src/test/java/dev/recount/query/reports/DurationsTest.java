package dev.recount.query.reports;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.reports.Durations.Bucket;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static Durations of(long... micros) {
        var buckets = Arrays.stream(micros)
                .boxed()
                .collect(groupingBy(
                        DurationBucket::of,
                        TreeMap::new,
                        reducing(
                                new Bucket(0, BigDecimal.ZERO),
                                time -> new Bucket(1, BigDecimal.valueOf(time)),
                                (one, other) -> new Bucket(
                                        one.issueCount() + other.issueCount(),
                                        one.totalMicros().add(other.totalMicros())))));
        return new Durations(List.copyOf(buckets.values()));
    }

    @Test
    void of_no_issue_there_is_nothing_to_tell() {
        assertThat(of().issueCount()).isZero();
        assertThat(of().averageSeconds()).isEmpty();
        assertThat(of().percentileSeconds(50)).isEmpty();
    }

    @Test
    void the_percentiles_of_one_to_ten_seconds_go_by_the_nearest_rank() {
        var times = of(
                LongStream.rangeClosed(1, 10).map(second -> second * 1_000_000).toArray());
        assertThat(times.percentileSeconds(50)).contains(new BigDecimal("5.000000"));
        assertThat(times.percentileSeconds(51)).contains(new BigDecimal("6.000000"));
        assertThat(times.percentileSeconds(90)).contains(new BigDecimal("9.000000"));
        assertThat(times.percentileSeconds(95)).contains(new BigDecimal("10.000000"));
        assertThat(times.percentileSeconds(100)).contains(new BigDecimal("10.000000"));
        assertThat(times.averageSeconds()).contains(new BigDecimal("5.500000"));
    }

    @Test
    void half_a_microsecond_is_rounded_up() {
        assertThat(of(1, 2).averageSeconds()).contains(new BigDecimal("0.000002"));
    }

    @Property(tries = 300)
    void percentiles_are_within_one_in_a_hundred_of_the_exact_ones_and_means_are_exact(@ForAll long seed) {
        var random = new Random(seed);
        var micros = random.longs(1 + random.nextInt(2_000), 0, 3_155_000_000_000_000L)
                .map(longest -> (long) (longest * Math.pow(random.nextDouble(), 9)))
                .sorted()
                .toArray();
        var times = of(micros);
        var exact = Arrays.stream(micros).boxed().toList();
        assertThat(times.issueCount()).isEqualTo(exact.size());
        assertThat(times.averageSeconds().orElseThrow().toPlainString()).isEqualTo(ExactTimes.averageSeconds(exact));
        for (var percent : new int[] {1, 50, 90, 95, 99, 100}) {
            assertThat(times.percentileSeconds(percent).orElseThrow()).satisfies(ExactTimes.percentile(exact, percent));
        }
    }
}
