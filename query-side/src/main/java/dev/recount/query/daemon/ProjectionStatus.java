package dev.recount.query.daemon;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a projection as stored in the database, the same on every node.
 *
 * @param version version of the code that reads the status
 * @param storedVersion version of the code that filled the tables; null if the projection is not registered yet
 * @param lagSeconds seconds since the oldest unapplied event was recorded; 0 if every event is applied
 * @param node the node that runs the projection, null if none does
 * @param rebuild the current run that rebuilds, fills or verifies it, null if there is none
 * @param deadLetters number of refused events
 * @param waitingEvents number of events that wait behind them in their streams
 * @param updatedAt when its position last changed
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

    /** The reason why it does not go on, as last reported by its node, at most a second ago. */
    public record Failure(Instant since, String cause, long firstPosition, long lastPosition) {}

    /** @param estimatedRows from PostgreSQL's statistics; rows written within the last seconds may be missing */
    public record Table(String name, long estimatedRows) {}

    public long lagEvents() {
        return Math.max(0, head - position);
    }
}
