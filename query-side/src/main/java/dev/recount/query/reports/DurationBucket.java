package dev.recount.query.reports;

/**
 * Classes of durations whose width grows with the duration: exact below 512 µs, at most 1/256 of the duration above.
 *
 * <p>By whole numbers and not by logarithms, whose last digit may differ from machine to machine: a duration must leave
 * the class that it once entered. The layout is that of HdrHistogram (Tene), with eight bits after the leading one.
 */
final class DurationBucket {

    private static final int BITS = 8;

    private DurationBucket() {}

    /** The number of the class; longer durations have higher ones. */
    static int of(long micros) {
        if (micros < 0) {
            throw new IllegalArgumentException("negative duration " + micros);
        }
        var shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(micros));
        return (shift << BITS) + (int) (micros >> shift);
    }
}
