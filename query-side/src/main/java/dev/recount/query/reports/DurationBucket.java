package dev.recount.query.reports;

/**
 * Classes of durations whose width grows with the duration.
 *
 * <p>Computed with integers, not with logarithms, whose last digit may differ between machines. A duration must always
 * be removed from the class that it was added to. The layout is that of HdrHistogram (Tene), with a fixed number of
 * bits after the leading one.
 */
final class DurationBucket {

    private static final int BITS = 8;
    private static final int SECONDS_BITS = 7;
    private static final long MICROS = 1_000_000;

    private DurationBucket() {}

    /**
     * The class of a duration: exact below 512 µs, above that at most 1/256 of the duration wide. Longer durations have
     * higher numbers.
     */
    static int of(long micros) {
        return of(micros, BITS);
    }

    /**
     * Coarser classes, of which each day needs only a few: a second wide below 256 s, at most 1/128 of the duration
     * wide above.
     */
    static int ofSeconds(long micros) {
        return of(Math.floorDiv(micros, MICROS), SECONDS_BITS);
    }

    /** The shortest duration in a class of {@link #ofSeconds}, in seconds. */
    static long leastSeconds(int bucket) {
        var shift = Math.max(0, (bucket >> SECONDS_BITS) - 1);
        return (long) (bucket - (shift << SECONDS_BITS)) << shift;
    }

    private static int of(long duration, int bits) {
        if (duration < 0) {
            throw new IllegalArgumentException("negative duration " + duration);
        }
        var shift = Math.max(0, Long.SIZE - 1 - bits - Long.numberOfLeadingZeros(duration));
        return (shift << bits) + (int) (duration >> shift);
    }
}
