package dev.recount.query.admin;

import dev.recount.query.daemon.LiveProjection;
import dev.recount.query.daemon.ProjectionStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A projection as JSON for operators.
 *
 * @param eventsPerSecond events applied per second within the last ten seconds
 */
record ProjectionBody(
        String name,
        String state,
        int version,
        @Nullable Integer storedVersion,
        int generation,
        long position,
        long head,
        long lagEvents,
        double lagSeconds,
        double eventsPerSecond,
        long deadLetters,
        long waitingEvents,
        ProjectionStatus.@Nullable Failure failure,
        @Nullable Long rebuild,
        @Nullable String node,
        @Nullable Instant updatedAt,
        List<ProjectionStatus.Table> tables) {

    private static final double TENTHS = 10;
    private static final double MILLIS = 1_000;

    static ProjectionBody of(ProjectionStatus status, LiveProjection live) {
        return new ProjectionBody(
                status.name(),
                status.state().wireName(),
                status.version(),
                status.storedVersion(),
                status.generation(),
                status.position(),
                status.head(),
                status.lagEvents(),
                Math.round(status.lagSeconds() * MILLIS) / MILLIS,
                Math.round(live.eventsPerSecond() * TENTHS) / TENTHS,
                status.deadLetters(),
                status.waitingEvents(),
                status.failure(),
                status.rebuild(),
                status.node(),
                status.updatedAt(),
                status.tables());
    }
}
