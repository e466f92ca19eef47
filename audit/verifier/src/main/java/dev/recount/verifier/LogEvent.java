package dev.recount.verifier;

import java.util.UUID;

/**
 * An event of the log as it is stored.
 *
 * @param payload canonical JSON
 * @param metadata canonical JSON
 * @param recordedAtMicros since 1970-01-01T00:00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // canonical JSON is bytes, and events are never compared
public record LogEvent(
        long position,
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        byte[] payload,
        byte[] metadata,
        long recordedAtMicros) {}
