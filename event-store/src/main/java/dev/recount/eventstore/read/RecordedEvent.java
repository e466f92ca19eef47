package dev.recount.eventstore.read;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was recorded, together with its current form.
 *
 * @param stored as the log holds it
 * @param current as it is read today; equals {@code stored} if no upcaster changes it
 * @param metadata the stored metadata, JSON
 * @param notes the metadata by key
 */
public record RecordedEvent(
        long position,
        String stream,
        long sequence,
        UUID eventId,
        Form stored,
        Form current,
        String metadata,
        Map<String, ?> notes,
        Instant recordedAt) {

    /**
     * A revision of an event.
     *
     * @param payload JSON on one line
     */
    public record Form(String type, int revision, String payload) {}

    /** The metadata value of a key of {@link dev.recount.events.EventMetadata}, null if absent. */
    public @Nullable String noted(String key) {
        return notes.get(key) instanceof String text ? text : null;
    }
}
