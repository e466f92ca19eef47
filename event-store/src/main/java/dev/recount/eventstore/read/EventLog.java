package dev.recount.eventstore.read;

import dev.recount.events.RecountEvent;
import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.RecountSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/**
 * Reads the log by position and by stream, upcast to the current revisions.
 *
 * <p>Every method may throw {@link LogUnavailableException}.
 */
public final class EventLog {

    private final LogReader reader;
    private final RecentEvents recent;
    private final RecountSerializer serializer;
    private final EventUpcaster upcaster;

    public EventLog(LogReader reader, RecentEvents recent, RecountSerializer serializer, EventUpcaster upcaster) {
        this.reader = reader;
        this.recent = recent;
        this.serializer = serializer;
        this.upcaster = upcaster;
    }

    /** The position of the newest event, 0 for an empty log. Each call queries the database. */
    public long head() {
        return reader.head();
    }

    public boolean exists(String stream) {
        return lastSequence(stream).isPresent();
    }

    /** The sequence of the stream's newest event, empty if the stream does not exist. */
    public OptionalLong lastSequence(String stream) {
        return reader.lastSequence(stream);
    }

    /** The stream's newest event, empty if the stream does not exist. */
    public Optional<RecountEvent> lastEvent(String stream) {
        OptionalLong last = lastSequence(stream);
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of((RecountEvent)
                        readStream(stream, last.getAsLong()).getLast().getPayload());
    }

    /** The position before the first event recorded at or after {@code instant}, or the head if there is none. */
    public long positionBefore(Instant instant) {
        return reader.positionBefore(instant);
    }

    /** All events of a stream from a sequence on, in order. */
    public List<DomainEventMessage<?>> readStream(String stream, long fromSequence) {
        return streamFrom(stream, fromSequence).collect(Collectors.toUnmodifiableList());
    }

    /** Like {@link #readStream}, but one page at a time, for streams of any length. */
    public Stream<DomainEventMessage<?>> streamFrom(String stream, long fromSequence) {
        return messages(StreamPages.of(reader, stream, fromSequence)).map(message -> (DomainEventMessage<?>) message);
    }

    /**
     * The events after a position, in order: at most {@code limit}, or fewer if they are large. It is empty only at the
     * end of the log.
     */
    public List<TrackedEventMessage<?>> readAfter(long position, int limit) {
        return recent.after(position, limit)
                .orElseGet(() -> messages(reader.readAfter(position, limit).rows().stream())
                        .toList());
    }

    /**
     * Drops the events in memory. To be called if the log ends earlier than before, since they may belong to another
     * log.
     */
    public void forgetRecent() {
        recent.clear();
    }

    public Stream<TrackedEventMessage<?>> messages(Stream<EventRow> rows) {
        Stream<TrackedDomainEventData<String>> tracked = rows.map(EventRow::tracked);
        return EventUtils.upcastAndDeserializeTrackedEvents(tracked, serializer, upcaster);
    }
}
