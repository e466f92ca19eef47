package dev.recount.benchmarks;

import dev.recount.query.checkpoint.LocalCheckpoints;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Measures the time from a durable write until a projection has committed it, at a steady rate of writes. */
record ProjectionLag(Commands commands, LocalCheckpoints positions, String projection) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The lags in microseconds. Writes start on schedule, whether or not the earlier ones have completed. */
    Histogram at(int writesPerSecond, Duration stretch) {
        Histogram lags = new ConcurrentHistogram(3);
        long gap = TimeUnit.SECONDS.toNanos(1) / writesPerSecond;
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = start; due < start + stretch.toNanos(); due += gap) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                clients.execute(() -> lags.recordValue(TimeUnit.NANOSECONDS.toMicros(lagOfOne())));
            }
        }
        return lags;
    }

    private long lagOfOne() {
        long position = commands.create();
        long durable = System.nanoTime();
        try {
            if (!positions.await(projection, position, PATIENCE)) {
                throw new IllegalStateException(projection + " has not reached " + position + " in " + PATIENCE);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return System.nanoTime() - durable;
    }
}
