package dev.recount.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Load at a steady rate. A latency counts from the time when the operation was due, so that a stall shows in every
 * operation that it delayed.
 */
final class OpenLoop {

    private static final int SIGNIFICANT_DIGITS = 3;

    private OpenLoop() {}

    /** Spreads the operations evenly over the clients, each of which runs its own one after the other. */
    static Sample run(Workload.Factory workloads, int clients, double perSecond, Duration stretch) throws Exception {
        long gap = Math.round(TimeUnit.SECONDS.toNanos(1) * clients / perSecond);
        List<Future<Histogram>> running = new ArrayList<>();
        try (Clients ready = Clients.of(workloads, clients);
                ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            long start = System.nanoTime();
            for (int client = 0; client < clients; client++) {
                Workload workload = ready.workloads().get(client);
                long first = start + gap * client / clients;
                running.add(threads.submit(() -> paced(workload, first, gap, start + stretch.toNanos())));
            }
            Histogram all = new Histogram(SIGNIFICANT_DIGITS);
            for (Future<Histogram> client : running) {
                all.add(client.get());
            }
            return new Sample(all.getTotalCount() / (stretch.toNanos() / 1e9), all);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A client failed", e.getCause());
        }
    }

    /**
     * Runs the workload every {@code gap} from {@code first} until {@code end}, in nanoseconds of the system's clock.
     */
    static Histogram paced(Workload workload, long first, long gap, long end) throws Exception {
        Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
        for (long due = first; due < end; due += gap) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            workload.runOnce();
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
        }
        return latencies;
    }
}
