package dev.recount.command.bus;

import dev.recount.events.EventMetadata;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The origin of a command, which every resulting event carries as metadata. */
public record Origin(
        @Nullable Long actor,
        @Nullable String requestId,
        @Nullable String causation,
        @Nullable String idempotencyKey) {

    /** The origin of what the service does without a request. */
    public static final Origin SYSTEM = new Origin(null, null, null, null);

    public Origin causedBy(String newCausation) {
        return new Origin(actor, requestId, newCausation, idempotencyKey);
    }

    /** The metadata of the events, without unknown values. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>(8);
        put(metadata, EventMetadata.ACTOR, actor);
        put(metadata, EventMetadata.REQUEST_ID, requestId);
        put(metadata, EventMetadata.CAUSATION, causation);
        put(metadata, EventMetadata.IDEMPOTENCY_KEY, idempotencyKey);
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, @Nullable Object value) {
        if (value != null) {
            metadata.put(key, value.toString());
        }
    }
}
