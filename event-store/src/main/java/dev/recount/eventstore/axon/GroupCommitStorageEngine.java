package dev.recount.eventstore.axon;

import dev.recount.eventstore.append.Append;
import dev.recount.eventstore.append.AppendReceipt;
import dev.recount.eventstore.append.GroupCommitAppender;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.SnapshotStore;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event storage on the event log. An append is durable when {@code appendEvents} returns, even if the
 * surrounding unit of work fails.
 */
public final class GroupCommitStorageEngine implements EventStorageEngine {

    private static final int PAGE = 500;

    private final GroupCommitAppender appender;
    private final EventLog log;
    private final SnapshotStore snapshots;
    private final RecountSerializer serializer;

    public GroupCommitStorageEngine(
            GroupCommitAppender appender, EventLog log, SnapshotStore snapshots, RecountSerializer serializer) {
        this.appender = appender;
        this.log = log;
        this.snapshots = snapshots;
        this.serializer = serializer;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        List<DomainEventMessage<?>> messages = events.stream()
                .<DomainEventMessage<?>>map(GroupCommitStorageEngine::ofStream)
                .toList();
        // Serialize in the caller's thread, so that the appender's single thread only writes.
        List<StoredEvent> stored = messages.stream()
                .map(message -> StoredEvent.of(message, serializer))
                .toList();
        long before = appender.append(new Append(messages, stored));
        AppendReceipt.record(before + messages.size());
    }

    private static DomainEventMessage<?> ofStream(EventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> message) {
            return message;
        }
        throw new IllegalArgumentException("Only events of a stream are stored, not " + event.getPayloadType());
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        snapshots.store(snapshot);
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return snapshots
                .read(stream)
                .flatMap(row -> log.messages(Stream.of(row)).findFirst())
                .map(GroupCommitStorageEngine::deserialized);
    }

    /** Deserializes eagerly: messages are lazy, but Axon skips an unreadable snapshot only if reading it fails here. */
    private static DomainEventMessage<?> deserialized(TrackedEventMessage<?> snapshot) {
        Objects.requireNonNull(snapshot.getPayload());
        return (DomainEventMessage<?>) snapshot;
    }

    @Override
    public DomainEventStream readEvents(String stream, long firstSequence) {
        return DomainEventStream.of(log.streamFrom(stream, firstSequence));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        return log.lastSequence(stream).stream().boxed().findFirst();
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return StreamSupport.stream(new Following(positionOf(token)), false);
    }

    /** The events after a position, up to the head of the log. It never blocks to wait for more. */
    private final class Following extends Spliterators.AbstractSpliterator<TrackedEventMessage<?>> {

        private long position;
        private List<TrackedEventMessage<?>> page = List.of();
        private int next;

        Following(long position) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.position = position;
        }

        @Override
        public boolean tryAdvance(Consumer<? super TrackedEventMessage<?>> action) {
            if (next == page.size()) {
                page = log.readAfter(position, PAGE);
                next = 0;
                if (page.isEmpty()) {
                    return false;
                }
                position = positionOf(page.getLast().trackingToken());
            }
            action.accept(page.get(next++));
            return true;
        }
    }

    static long positionOf(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElse(0);
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(log.head());
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return new GlobalSequenceTrackingToken(log.positionBefore(dateTime));
    }
}
