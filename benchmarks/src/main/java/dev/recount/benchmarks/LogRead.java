package dev.recount.benchmarks;

import dev.recount.eventstore.read.EventLog;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;

/** The floor of every rebuild: reads the whole log page by page and deserializes it without further work. */
record LogRead(EventLog log) {

    private static final int PAGE = 1_000;

    double eventsPerSecond() {
        long start = System.nanoTime();
        long events = 0;
        long position = 0;
        for (List<TrackedEventMessage<?>> page = log.readAfter(position, PAGE);
                !page.isEmpty();
                page = log.readAfter(position, PAGE)) {
            for (TrackedEventMessage<?> event : page) {
                // Messages deserialize lazily.
                Objects.requireNonNull(event.getPayload());
                Objects.requireNonNull(event.getMetaData());
                events++;
            }
            position = page.getLast().trackingToken().position().orElseThrow();
        }
        if (events != position) {
            throw new IllegalStateException(events + " events were read up to position " + position);
        }
        return events * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
    }
}
