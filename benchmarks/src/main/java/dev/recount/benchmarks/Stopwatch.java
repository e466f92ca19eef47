package dev.recount.benchmarks;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Reports on the standard error the duration of a step that is not part of the measurements. */
final class Stopwatch {

    private final long start = System.nanoTime();

    /** @param what a format with one place for the amount */
    void say(String what, long amount) {
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        System.err.printf(
                Locale.ROOT,
                "%s in %.1f s, %,.0f/s%n",
                String.format(Locale.ROOT, what, amount),
                seconds,
                amount / seconds);
    }
}
