package dev.recount.benchmarks;

import org.HdrHistogram.Histogram;

/** The result of one measurement: operations per second, and each operation's latency in microseconds. */
record Sample(double perSecond, Histogram latencies) {

    double percentileMicros(double percentile) {
        return latencies.getValueAtPercentile(percentile);
    }
}
