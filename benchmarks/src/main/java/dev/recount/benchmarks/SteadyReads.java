package dev.recount.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Reads at a steady rate, each client over its own connection, beside edits at a steady rate.
 *
 * <p>A latency counts from the time when the request was due, so that a stall shows in every request that it delayed. A
 * response other than 200 ends the run.
 */
record SteadyReads(Requests requests, List<String> paths) {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final Duration BETWEEN_READS = Duration.ofMillis(20);
    private static final Duration BETWEEN_EDITS = Duration.ofMillis(50);

    /** The latencies of all reads in microseconds. */
    Histogram during(Duration stretch) throws Exception {
        List<Future<Histogram>> readers = new ArrayList<>();
        try (Workload editing = requests.edit();
                Clients all = Clients.of(client -> requests.get(paths.get(client)), paths.size());
                ExecutorService clients = Executors.newCachedThreadPool()) {
            Future<Histogram> editor = clients.submit(() -> paced(editing, BETWEEN_EDITS, stretch));
            for (Workload reading : all.workloads()) {
                readers.add(clients.submit(() -> paced(reading, BETWEEN_READS, stretch)));
            }
            Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
            for (Future<Histogram> reader : readers) {
                latencies.add(reader.get());
            }
            editor.get();
            return latencies;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A client failed", e.getCause());
        }
    }

    private static Histogram paced(Workload workload, Duration gap, Duration stretch) throws Exception {
        long start = System.nanoTime();
        return OpenLoop.paced(workload, start, gap.toNanos(), start + stretch.toNanos());
    }
}
