package dev.recount.benchmarks;

import java.time.Duration;

/** Measures operations per second by clients that never pause, and keeps the last result. */
final class Throughput implements Rounds.Measure {

    private final Workload.Factory workloads;
    private final int clients;
    private double latest;

    Throughput(Workload.Factory workloads, int clients) {
        this.workloads = workloads;
        this.clients = clients;
    }

    @Override
    public double run(Duration stretch) throws Exception {
        latest = ClosedLoop.run(workloads, clients, stretch).perSecond();
        return latest;
    }

    /** The result of the last run. */
    double perSecond() {
        return latest;
    }

    /** The time of one operation by one client in the last run. */
    double millis() {
        return 1_000 * clients / latest;
    }
}
