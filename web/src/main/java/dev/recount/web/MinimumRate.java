package dev.recount.web;

import java.time.Duration;

/**
 * The minimum transfer rate of a client.
 *
 * @param bytesPerSecond bytes that allow another second of waiting; 0 for no minimum
 * @param patience additional time to wait for a client, beyond what its bytes allow
 */
record MinimumRate(long bytesPerSecond, Duration patience) {

    private static final double NANOS_PER_SECOND = 1e9;

    boolean isAny() {
        return bytesPerSecond > 0;
    }

    /** The nanoseconds of waiting that bytes allow. */
    double boughtBy(long bytes) {
        return bytes * NANOS_PER_SECOND / Math.max(1, bytesPerSecond);
    }

    boolean isExceededBy(double nanos) {
        return nanos > patience.toNanos();
    }
}
