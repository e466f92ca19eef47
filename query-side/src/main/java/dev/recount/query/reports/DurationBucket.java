package dev.recount.query.reports;

/**
 * Classes of durations whose width grows with the duration.
 *
 * <p>By whole numbers and not by logarithms, whose last digit may differ from machine to machine: a duration must leave
 * the class that it once entered. The layout is that of HdrHistogram (Tene), with so many bits after the leading one.
 */
final class DurationBucket {

    private static final int BITS = 8;
    private static final int SECONDS_BITS = 7;
    private static final long MICROS = 1_000_000;

    private DurationBucket() {}

    /** Exact below 512 µs, at most 1/256 of the duration wide above; longer durations have higher numbers. */
    static int of(long micros) {
        return of(micros, BITS);
    }

    /**
     * Coarser classes, of which a day has but a few: a second wide below 256 s, at most 1/128 of the duration wide above.
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
