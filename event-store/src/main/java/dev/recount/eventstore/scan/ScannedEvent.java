package dev.recount.eventstore.scan;

import dev.recount.events.RecountEvent;
import java.time.Instant;
import java.util.Map;

/**
 * An event as {@link LogScan} reads it.
 *
 * @param bytes size of its payload in the log
 */
public record ScannedEvent(
        long position,
        String stream,
        long sequence,
        RecountEvent event,
        Instant at,
        Map<String, ?> metadata,
        int bytes) {}
