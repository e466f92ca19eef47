package dev.recount.query.reports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Durations in classes, from the shortest on.
 *
 * <p>The mean is exact. A percentile is the mean of the class that has it: off by less than the width of the class,
 * and exact where all issues of that class took equally long.
 */
record Durations(List<Bucket> buckets) {

    private static final int MICRO_DIGITS = 6;

    /** The issues of one {@link DurationBucket}: how many there are, and how long they took together. */
    record Bucket(long issueCount, BigDecimal totalMicros) {

        Bucket plus(Bucket other) {
            return new Bucket(issueCount + other.issueCount, totalMicros.add(other.totalMicros));
        }
    }

    long issueCount() {
        return buckets.stream().mapToLong(Bucket::issueCount).sum();
    }

    /** With six decimals; empty where there is no issue. */
    Optional<BigDecimal> averageSeconds() {
        if (buckets.isEmpty()) {
            return Optional.empty();
        }
        var total = buckets.stream().map(Bucket::totalMicros).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(averageSeconds(total, issueCount()));
    }

    /**
     * The time that so many of a hundred issues did not exceed, by the nearest rank; empty where there is no issue.
     *
     * @param percent from 1 to 100
     */
    Optional<BigDecimal> percentileSeconds(int percent) {
        var rank = Math.ceilDiv(Math.multiplyExact(issueCount(), (long) percent), 100L);
        var passed = 0L;
        for (var bucket : buckets) {
            passed += bucket.issueCount();
            if (passed >= rank) {
                return Optional.of(averageSeconds(bucket.totalMicros(), bucket.issueCount()));
            }
        }
        return Optional.empty();
    }

    private static BigDecimal averageSeconds(BigDecimal totalMicros, long issueCount) {
        return totalMicros
                .divide(BigDecimal.valueOf(issueCount), 0, RoundingMode.HALF_UP)
                .movePointLeft(MICRO_DIGITS);
    }
}
