package dev.recount.web;

import java.time.Duration;

/**
 * How fast a client must be.
 *
 * @param bytesPerSecond that buy another second of waiting; 0 where a client may be as slow as it likes
 * @param patience how long a client is waited for beyond what its bytes have bought
 */
record MinimumRate(long bytesPerSecond, Duration patience) {

    private static final double NANOS_PER_SECOND = 1e9;

    boolean isAny() {
        return bytesPerSecond > 0;
    }

    /** Nanoseconds. */
    double boughtBy(long bytes) {
        return bytes * NANOS_PER_SECOND / Math.max(1, bytesPerSecond);
    }

    boolean isExceededBy(double nanos) {
        return nanos > patience.toNanos();
    }
}
