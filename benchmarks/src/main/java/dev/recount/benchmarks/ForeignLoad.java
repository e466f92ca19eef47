package dev.recount.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how many processors are busy while nothing is measured. Other programs cause this load, and PostgreSQL's
 * cleanup after the previous measurement. Figures taken under high foreign load are unreliable.
 */
final class ForeignLoad {

    private static final Path STATISTICS = Path.of("/proc/stat");

    private static final long STRETCH = TimeUnit.SECONDS.toNanos(1);

    /**
     * The fields after the name in the first line of the statistics. The fields after these are already counted in
     * them.
     */
    private static final int FIELDS = 8;

    private static final int IDLE = 3;

    private static final int WAITING_FOR_DISK = 4;

    private ForeignLoad() {}

    /** Measures for a second. NaN on systems without these statistics. */
    static double measure() throws IOException {
        if (!Files.isReadable(STATISTICS)) {
            return Double.NaN;
        }
        long[] before = ticks();
        long end = System.nanoTime() + STRETCH;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        long[] after = ticks();
        long all = Arrays.stream(after).sum() - Arrays.stream(before).sum();
        long idle = after[IDLE] + after[WAITING_FOR_DISK] - before[IDLE] - before[WAITING_FOR_DISK];
        return Runtime.getRuntime().availableProcessors() * (double) (all - idle) / all;
    }

    private static long[] ticks() throws IOException {
        try (var lines = Files.lines(STATISTICS)) {
            return Arrays.stream(lines.findFirst().orElseThrow().split("\\s+"))
                    .skip(1)
                    .limit(FIELDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }
}
