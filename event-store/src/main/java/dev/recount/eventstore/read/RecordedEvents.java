package dev.recount.eventstore.read;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.read.RecordedEvent.Form;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.ObjectReader;

/**
 * Reads recorded events for display, by position and filter or by stream.
 *
 * <p>Each call is bounded in time and memory, however long the log and however rare the events. It holds a connection
 * only until it returns. Every method may throw {@link LogUnavailableException}.
 */
public final class RecordedEvents {

    /** Maximum number of events that one call examines. */
    private static final int MOST_LOOKED_AT = 100_000;

    private static final String AFTER_IN_STREAM = """
        stream = ?
          AND sequence > coalesce((SELECT sequence FROM event_log WHERE position = ? AND stream = ?), -1)\
        """;

    private final LogReader reader;
    private final BlockTimes times;
    private final CurrentForms forms;
    private final ObjectReader notes;
    private final int mostLookedAt;

    public RecordedEvents(LogReader reader, BlockTimes times, CurrentForms forms, RecountSerializer serializer) {
        this(reader, times, forms, serializer, MOST_LOOKED_AT);
    }

    public RecordedEvents(
            LogReader reader, BlockTimes times, CurrentForms forms, RecountSerializer serializer, int mostLookedAt) {
        this.reader = reader;
        this.times = times;
        this.forms = forms;
        this.notes = serializer.getObjectMapper().readerForMapOf(Object.class);
        this.mostLookedAt = mostLookedAt;
    }

    /**
     * A page of events in order.
     *
     * @param upTo the position up to which there are no other matching events
     */
    public record Part(List<RecordedEvent> events, long upTo) {}

    /**
     * Events that match the filter, after one position and up to another. At most {@code limit}, or fewer, even none,
     * if they are large or rare. To continue, call again from after {@link Part#upTo}, until that equals {@code upTo}.
     *
     * @param upTo a position that the log has reached
     */
    public Part read(long after, long upTo, EventFilter filter, int limit) {
        return read(after, upTo, filter, limit, LogReader.MAX_CHARS);
    }

    /** @param mostChars of payloads, after which a part ends; it is exceeded by one event at most */
    public Part read(long after, long upTo, EventFilter filter, int limit, long mostChars) {
        if (after >= upTo) {
            return new Part(List.of(), after);
        }
        return filter.stream() == null
                ? readLog(after, upTo, filter, limit, mostChars)
                : readInStream(after, upTo, filter.stream(), filter, limit, mostChars);
    }

    /** Events of a stream after a sequence, -1 for all: at most {@code limit}, or fewer if they are large. */
    public List<RecordedEvent> readStream(String stream, long afterSequence, int limit) {
        return readStream(stream, afterSequence, limit, LogReader.MAX_CHARS);
    }

    /** @param mostChars of payloads, after which a part ends; it is exceeded by one event at most */
    public List<RecordedEvent> readStream(String stream, long afterSequence, int limit, long mostChars) {
        return recorded(reader.readStream(stream, afterSequence + 1, limit, mostChars));
    }

    private Part readInStream(long after, long upTo, String stream, EventFilter filter, int limit, long mostChars) {
        LogReader.Page page = new EventSelection()
                .where(AFTER_IN_STREAM, stream, after, stream)
                .where("position > ? AND position <= ?", after, upTo)
                .passing(filter)
                .read(reader, "Reading " + stream + " after position " + after, "sequence", limit, mostChars);
        return part(page, upTo);
    }

    private Part readLog(long after, long upTo, EventFilter filter, int limit, long mostChars) {
        List<RecordedEvent> found = new ArrayList<>();
        long position = after;
        long left = mostLookedAt;
        while (position < upTo && left > 0) {
            BlockTimes.Stretch stretch = times.next(position, upTo, filter);
            long end = Math.min(stretch.upTo(), stretch.after() + left);
            if (stretch.isEmpty()) {
                return new Part(found, end);
            }
            Part part = readStretch(stretch.after(), end, filter, limit - found.size(), mostChars - chars(found));
            found.addAll(part.events());
            if (part.upTo() < end || found.size() == limit || chars(found) >= mostChars) {
                return new Part(found, part.upTo());
            }
            left -= end - stretch.after();
            position = end;
        }
        return new Part(found, position);
    }

    private static long chars(List<RecordedEvent> events) {
        return events.stream()
                .mapToLong(event -> event.stored().payload().length())
                .sum();
    }

    private Part readStretch(long after, long upTo, EventFilter filter, int limit, long mostChars) {
        LogReader.Page page = new EventSelection()
                .where("position > ? AND position <= ?", after, upTo)
                .passing(filter)
                .read(reader, "Reading the log after position " + after, "position", limit, mostChars);
        return part(page, upTo);
    }

    private Part part(LogReader.Page page, long upTo) {
        return new Part(
                recorded(page), page.complete() ? upTo : page.rows().getLast().position());
    }

    private List<RecordedEvent> recorded(LogReader.Page page) {
        return page.rows().stream().map(this::recorded).toList();
    }

    private RecordedEvent recorded(EventRow row) {
        StoredEvent event = row.event();
        Form stored = new Form(event.type(), event.revision(), event.payload());
        return new RecordedEvent(
                row.position(),
                event.stream(),
                event.sequence(),
                event.eventId(),
                stored,
                forms.of(row, stored),
                event.metadata(),
                notes.readValue(event.metadata()),
                event.recordedAt());
    }
}
