package dev.recount.query.daemon;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A projection as it stands in the database, the same on every node.
 *
 * @param version of the code that asks
 * @param storedVersion of the code that filled the tables; null where nobody registered the projection yet
 * @param lagSeconds how long ago the oldest event was recorded that is not applied yet; 0 where there is none
 * @param node the one that works for the projection, null where none does
 * @param rebuild the run that rebuilds, fills or verifies it at present, null where none does
 * @param deadLetters how many events were refused
 * @param waitingEvents how many events wait behind them in their streams
 * @param updatedAt when it last got further
 */
public record ProjectionStatus(
        String name,
        ProjectionState state,
        int version,
        @Nullable Integer storedVersion,
        int generation,
        long position,
        long head,
        double lagSeconds,
        @Nullable String node,
        @Nullable Failure failure,
        @Nullable Long rebuild,
        long deadLetters,
        long waitingEvents,
        @Nullable Instant updatedAt,
        List<Table> tables) {

    /** Why it does not go on, as its node last told, a second ago at most. */
    public record Failure(Instant since, String cause, long firstPosition, long lastPosition) {}

    /** @param estimatedRows as PostgreSQL's statistics have it, off by what was written within the last seconds */
    public record Table(String name, long estimatedRows) {}

    public long lagEvents() {
        return Math.max(0, head - position);
    }
}
