package dev.recount.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the memory of a process. */
final class Footprint {

    private static final double KILOBYTES_PER_MEGABYTE = 1_024;

    private Footprint() {}

    /** The current resident size in megabytes. */
    static double now(long process) throws IOException {
        return megabytes(process, "VmRSS:");
    }

    /** The peak resident size in megabytes. */
    static double highest(long process) throws IOException {
        return megabytes(process, "VmHWM:");
    }

    private static double megabytes(long process, String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_PER_MEGABYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
