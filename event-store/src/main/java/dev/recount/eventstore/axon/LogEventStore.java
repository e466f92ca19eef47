package dev.recount.eventstore.axon;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogSignal;
import java.util.Optional;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.jspecify.annotations.Nullable;

/** Axon's event store on the event log. Its streams call back when events become available. */
public final class LogEventStore extends AbstractEventStore {

    /** Equals the buffer size of a pooled processor. */
    private static final int PAGE = 1_024;

    private final EventLog log;
    private final LogSignal signal;

    public LogEventStore(GroupCommitStorageEngine engine, EventLog log, LogSignal signal) {
        super(new Builder() {}.storageEngine(engine));
        this.log = log;
        this.signal = signal;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken trackingToken) {
        return new LogStream(
                GroupCommitStorageEngine.positionOf(trackingToken), position -> log.readAfter(position, PAGE), signal);
    }

    /** Fails immediately if the database is unavailable: reading the stream would fail too, after a second wait. */
    @Override
    protected Optional<DomainEventMessage<?>> handleSnapshotReadingError(String stream, Throwable e) {
        if (e instanceof LogUnavailableException unavailable) {
            throw unavailable;
        }
        return super.handleSnapshotReadingError(stream, e);
    }
}
