package dev.recount.eventstore.read;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was recorded, beside what today's code makes of it.
 *
 * @param stored as the log holds it
 * @param current as it is read today; the same where no upcaster is concerned
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

    /** What the metadata say under a key of {@link dev.recount.events.EventMetadata}, null where they say nothing. */
    public @Nullable String noted(String key) {
        return notes.get(key) instanceof String text ? text : null;
    }
}
