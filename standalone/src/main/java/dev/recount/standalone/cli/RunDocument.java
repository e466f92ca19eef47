package dev.recount.standalone.cli;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.VerificationReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that is over, for programs. */
record RunDocument(
        long id,
        String kind,
        String phase,
        List<String> projections,
        List<String> swapped,
        long eventsDone,
        long eventsTotal,
        @Nullable Double eventsPerSecond,
        Instant startedAt,
        @Nullable Instant finishedAt,
        int swapAttempts,
        @Nullable Double longestLockMillis,
        RebuildState.@Nullable Failure failure,
        @Nullable VerificationReport report) {

    private static final double NANOS = 1e6;

    static RunDocument of(RebuildState state) {
        var lock = state.longestLock();
        return new RunDocument(
                state.id(),
                state.kind().storedName(),
                state.phase().storedName(),
                state.projections(),
                state.swapped(),
                state.eventsDone(),
                state.eventsTotal(),
                state.eventsPerSecond(),
                state.startedAt(),
                state.finishedAt(),
                state.swapAttempts(),
                lock == null ? null : lock.toNanos() / NANOS,
                state.failure(),
                state.report());
    }
}
