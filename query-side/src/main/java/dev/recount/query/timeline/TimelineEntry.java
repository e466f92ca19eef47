package dev.recount.query.timeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an issue, as it is answered.
 *
 * @param sequence of the event in the stream; a number may be missing, for an edit that changed nothing
 * @param version that the issue had after the change
 * @param actor id of the user who acted, null where nobody was named
 */
record TimelineEntry(
        TimelineType type,
        Instant timestamp,
        TimelineDetails details,
        long sequence,
        long version,
        @Nullable Long actor) {}
