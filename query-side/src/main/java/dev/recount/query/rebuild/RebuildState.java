package dev.recount.query.rebuild;

import dev.recount.query.generations.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as every node can see it; a running one's is at most a quarter of a second old.
 *
 * @param eventsTotal how long the log was when the run last looked
 * @param eventsPerSecond null before the first events
 * @param estimatedEnd of reading the log; null when that is over or cannot be told
 * @param swapped the projections whose new generation is read already
 * @param swapAttempts how often it was tried to swap; more than one for each projection where a long read was in the way
 * @param longestLock for which a projection stood still to be swapped; null when none has been yet
 * @param report what a verification that is done found
 */
public record RebuildState(
        long id,
        RebuildKind kind,
        List<String> projections,
        String node,
        RebuildPhase phase,
        long eventsDone,
        long eventsTotal,
        @Nullable Double eventsPerSecond,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant estimatedEnd,
        boolean cancelRequested,
        List<String> swapped,
        int swapAttempts,
        @Nullable Duration longestLock,
        @Nullable Failure failure,
        @Nullable VerificationReport report) {

    /**
     * Why a run failed.
     *
     * @param projection null where it was not one projection's fault; so are the others where it was not one event's
     */
    public record Failure(
            String cause,
            @Nullable String projection,
            @Nullable Long position,
            @Nullable String stream,
            @Nullable String type) {}
}
