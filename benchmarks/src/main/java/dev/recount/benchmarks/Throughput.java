package dev.recount.benchmarks;

import java.time.Duration;

/** How often something is done in a second by clients that never rest, and what that was when it was last measured. */
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

    /** Of the last run. */
    double perSecond() {
        return latest;
    }

    /** Of one operation by one client in the last run. */
    double millis() {
        return 1_000 * clients / latest;
    }
}
