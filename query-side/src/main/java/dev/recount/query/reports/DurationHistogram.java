package dev.recount.query.reports;

import dev.recount.query.reports.Durations.Bucket;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A histogram of durations: each class is twice as wide as the previous one. */
final class DurationHistogram {

    /**
     * The number of durations of at least {@code fromSeconds} and less than {@code toSeconds}. Classes cover everything
     * between the shortest and the longest duration, including empty ones.
     */
    record Row(long fromSeconds, long toSeconds, long count) {}

    private DurationHistogram() {}

    /** @param buckets by class number of {@link DurationBucket#ofSeconds} */
    static List<Row> of(SortedMap<Integer, Bucket> buckets) {
        var counts = new TreeMap<Integer, Long>();
        buckets.forEach((bucket, content) ->
                counts.merge(doubling(DurationBucket.leastSeconds(bucket)), content.issueCount(), Long::sum));
        if (counts.isEmpty()) {
            return List.of();
        }
        return IntStream.rangeClosed(counts.firstKey(), counts.lastKey())
                .mapToObj(doubling -> new Row(least(doubling), least(doubling + 1), counts.getOrDefault(doubling, 0L)))
                .toList();
    }

    /** 0 below a second, 1 below two, 2 below four. */
    private static int doubling(long seconds) {
        return Long.SIZE - Long.numberOfLeadingZeros(seconds);
    }

    private static long least(int doubling) {
        return doubling == 0 ? 0 : 1L << (doubling - 1);
    }
}
