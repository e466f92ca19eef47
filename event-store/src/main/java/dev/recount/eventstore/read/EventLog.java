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
 * The log as a reader sees it: by position and by stream, in today's revisions.
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

    /** The position of the newest event, 0 for an empty log; asked of the database each time. */
    public long head() {
        return reader.head();
    }

    public boolean exists(String stream) {
        return lastSequence(stream).isPresent();
    }

    /** The sequence of the stream's newest event, empty where there is no such stream. */
    public OptionalLong lastSequence(String stream) {
        return reader.lastSequence(stream);
    }

    /** The stream's newest event, empty where there is no such stream. */
    public Optional<RecountEvent> lastEvent(String stream) {
        OptionalLong last = lastSequence(stream);
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of((RecountEvent)
                        readStream(stream, last.getAsLong()).getLast().getPayload());
    }

    /** The position before the first event recorded at or after {@code instant}, or the head where there is none. */
    public long positionBefore(Instant instant) {
        return reader.positionBefore(instant);
    }

    /** All events of a stream from a sequence on, in order. */
    public List<DomainEventMessage<?>> readStream(String stream, long fromSequence) {
        return streamFrom(stream, fromSequence).collect(Collectors.toUnmodifiableList());
    }

    /** The same one page at a time, for streams of any length. */
    public Stream<DomainEventMessage<?>> streamFrom(String stream, long fromSequence) {
        return messages(StreamPages.of(reader, stream, fromSequence)).map(message -> (DomainEventMessage<?>) message);
    }

    /** The events after a position, in order: at most {@code limit}, and fewer where they are large; never none early. */
    public List<TrackedEventMessage<?>> readAfter(long position, int limit) {
        return recent.after(position, limit)
                .orElseGet(() -> messages(reader.readAfter(position, limit).rows().stream())
                        .toList());
    }

    /** To be called where the log is found to end earlier than it did: what is in memory of it may be of another one. */
    public void forgetRecent() {
        recent.clear();
    }

    public Stream<TrackedEventMessage<?>> messages(Stream<EventRow> rows) {
        Stream<TrackedDomainEventData<String>> tracked = rows.map(EventRow::tracked);
        return EventUtils.upcastAndDeserializeTrackedEvents(tracked, serializer, upcaster);
    }
}
