package dev.recount.verifier;

import java.util.UUID;

/**
 * An event of the log as it is stored.
 *
 * @param payload canonical JSON
 * @param metadata canonical JSON
 * @param recordedAtMicros since 1970-01-01T00:00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // canonical JSON is bytes, and nobody compares events
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
