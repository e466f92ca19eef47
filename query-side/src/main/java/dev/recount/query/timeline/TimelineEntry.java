package dev.recount.query.timeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an issue, as JSON.
 *
 * @param sequence sequence of the event in the stream; gaps are possible, because an edit without changes has
 *     no entry
 * @param version version of the issue after the change
 * @param actor id of the user who made the change, null if none was named
 */
record TimelineEntry(
        TimelineType type,
        Instant timestamp,
        TimelineDetails details,
        long sequence,
        long version,
        @Nullable Long actor) {}
