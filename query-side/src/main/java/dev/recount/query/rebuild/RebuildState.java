package dev.recount.query.rebuild;

import dev.recount.query.generations.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as seen by every node; that of a running one is at most a quarter of a second old.
 *
 * @param eventsTotal length of the log at the last check
 * @param eventsPerSecond null before the first events
 * @param estimatedEnd estimated end of reading the log; null if that is over or unknown
 * @param swapped projections whose new generation is already live
 * @param swapAttempts number of attempts to swap; more than one per projection if long reads held locks
 * @param longestLock longest time that a projection stood still for its swap; null before the first swap
 * @param report the result of a finished verification
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
     * The reason why a run failed.
     *
     * @param projection null if no single projection failed; the others are null if no single event caused it
     */
    public record Failure(
            String cause,
            @Nullable String projection,
            @Nullable Long position,
            @Nullable String stream,
            @Nullable String type) {}
}
