package dev.recount.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Load by a fixed number of clients. Each starts its next operation when the last one has completed. */
final class ClosedLoop {

    private static final int SIGNIFICANT_DIGITS = 3;

    private ClosedLoop() {}

    /** Runs the workload on a platform thread per client. An operation that throws ends the run. */
    static Sample run(Workload.Factory workloads, int clients, Duration stretch) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients);
        List<Future<Histogram>> running = new ArrayList<>();
        try (Clients ready = Clients.of(workloads, clients);
                ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (Workload workload : ready.workloads()) {
                running.add(threads.submit(() -> {
                    start.await();
                    return repeat(workload, stretch);
                }));
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

    private static Histogram repeat(Workload workload, Duration stretch) throws Exception {
        Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
        long end = System.nanoTime() + stretch.toNanos();
        long before = System.nanoTime();
        while (before < end) {
            workload.runOnce();
            long after = System.nanoTime();
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(after - before));
            before = after;
        }
        return latencies;
    }
}
