package dev.recount.benchmarks.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;

/**
 * Appends a history through the event store at about a million events a minute.
 *
 * <p>Appends are large. While one is being written, the next are generated and serialized. Only one append runs at a
 * time: with two, the order of arrival and so the log would vary.
 *
 * @param serializer the event store's own, because a message caches its form by serializer
 */
public record LogFill(EventStore log, Serializer serializer) {

    /** Changes are never split, so an append may have a few more. */
    private static final int EVENTS_PER_APPEND = 1_000;

    private static final int SERIALIZING_THREADS = 2;
    private static final int APPENDS_AHEAD = 4;

    /** Returns when everything is durable. */
    public void append(History history) throws InterruptedException {
        Iterator<List<DomainEventMessage<?>>> changes = history.changes();
        Deque<Future<?>> underWay = new ArrayDeque<>();
        try (ExecutorService serializing = Executors.newFixedThreadPool(SERIALIZING_THREADS);
                ExecutorService appending = Executors.newSingleThreadExecutor()) {
            while (changes.hasNext()) {
                List<DomainEventMessage<?>> events = nextAppend(changes);
                Future<?> serialized = serializing.submit(() -> events.forEach(this::serialize));
                underWay.add(appending.submit(() -> {
                    await(serialized);
                    log.publish(events);
                    return null;
                }));
                if (underWay.size() > APPENDS_AHEAD) {
                    await(underWay.remove());
                }
            }
            while (!underWay.isEmpty()) {
                await(underWay.remove());
            }
        }
    }

    private static List<DomainEventMessage<?>> nextAppend(Iterator<List<DomainEventMessage<?>>> changes) {
        List<DomainEventMessage<?>> events = new ArrayList<>(EVENTS_PER_APPEND);
        while (changes.hasNext() && events.size() < EVENTS_PER_APPEND) {
            events.addAll(changes.next());
        }
        return events;
    }

    private void serialize(DomainEventMessage<?> event) {
        var _ = event.serializePayload(serializer, String.class);
        var _ = event.serializeMetaData(serializer, String.class);
    }

    private static void await(Future<?> step) throws InterruptedException {
        try {
            step.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The history could not be appended", e.getCause());
        }
    }
}
