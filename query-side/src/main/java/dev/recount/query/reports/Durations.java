package dev.recount.query.reports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Durations in classes, shortest first.
 *
 * <p>The mean is exact. A percentile is the mean of the class that contains it. Its error is less than the width of the
 * class, and zero if all durations of that class are equal.
 */
record Durations(List<Bucket> buckets) {

    private static final int MICRO_DIGITS = 6;

    /** The issues of one {@link DurationBucket}: their number and their total duration. */
    record Bucket(long issueCount, BigDecimal totalMicros) {

        Bucket plus(Bucket other) {
            return new Bucket(issueCount + other.issueCount, totalMicros.add(other.totalMicros));
        }
    }

    long issueCount() {
        return buckets.stream().mapToLong(Bucket::issueCount).sum();
    }

    /** The mean with six decimals; empty if there are no durations. */
    Optional<BigDecimal> averageSeconds() {
        if (buckets.isEmpty()) {
            return Optional.empty();
        }
        var total = buckets.stream().map(Bucket::totalMicros).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(averageSeconds(total, issueCount()));
    }

    /**
     * The duration that the given percentage of issues did not exceed, by the nearest rank; empty if there are no
     * durations.
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
