package dev.recount.query.reports;

import java.math.BigInteger;
import java.util.Map;

/** What a batch does to the number and to the summed time of the issues of one {@link DurationBucket}. */
record BucketDifference(int bucket, long issueCount, BigInteger totalMicros) {

    /** One issue more, which took so long. */
    static BucketDifference of(long micros) {
        return new BucketDifference(DurationBucket.of(micros), 1, BigInteger.valueOf(micros));
    }

    BucketDifference minus() {
        return new BucketDifference(bucket, -issueCount, totalMicros.negate());
    }

    BucketDifference plus(BucketDifference other) {
        return new BucketDifference(bucket, issueCount + other.issueCount, totalMicros.add(other.totalMicros));
    }

    void addTo(Map<Integer, BucketDifference> differences) {
        differences.merge(bucket, this, BucketDifference::plus);
    }

    boolean isNone() {
        return issueCount == 0 && totalMicros.signum() == 0;
    }
}
