package dev.recount.eventstore.read;

import dev.recount.events.EventMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A filter for events of the log. An event matches if it meets every condition that is not null.
 *
 * @param stream name of the stream
 * @param type stored name, as it was when the event was written
 * @param actor id of the acting user
 * @param from earliest time of recording
 * @param to time before which the events were recorded
 */
public record EventFilter(
        @Nullable String stream,
        @Nullable String type,
        @Nullable Long actor,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Matches every event. */
    public static final EventFilter NONE = new EventFilter(null, null, null, null, null);

    /** Rounds times up to the log's microseconds, which leaves the matching events unchanged. */
    public EventFilter {
        from = from == null ? null : upToMicrosecond(from);
        to = to == null ? null : upToMicrosecond(to);
    }

    private static Instant upToMicrosecond(Instant instant) {
        Instant cut = instant.truncatedTo(ChronoUnit.MICROS);
        return cut.equals(instant) ? cut : cut.plus(1, ChronoUnit.MICROS);
    }

    public boolean matches(RecordedEvent event) {
        return (stream == null || stream.equals(event.stream()))
                && (type == null || type.equals(event.stored().type()))
                && (actor == null || actor.toString().equals(event.noted(EventMetadata.ACTOR)))
                && (from == null || !event.recordedAt().isBefore(from))
                && (to == null || event.recordedAt().isBefore(to));
    }

    boolean isOfTime() {
        return from != null || to != null;
    }

    /** Whether any event recorded within these bounds, both inclusive, may meet the time conditions. */
    boolean mayMatchBetween(Instant first, Instant last) {
        return (from == null || !last.isBefore(from)) && (to == null || first.isBefore(to));
    }
}
