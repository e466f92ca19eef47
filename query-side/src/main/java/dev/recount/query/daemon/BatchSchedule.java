package dev.recount.query.daemon;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses which of the projections that are behind take the next batch. A projection that a read waits for goes first,
 * and does not take along projections that no read needs. All others take turns, and reads never delay them for long.
 */
final class BatchSchedule {

    /** Wait without a batch after which a projection goes before the reads, but never twice in a row. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In events. Such a small batch is cheap, so projections without a batch delay join it. */
    static final long FEW = 500;

    private boolean patienceWasRewarded;

    /** Returns projections at the same position, or none if no projection is due. */
    List<LiveProjection> next(List<LiveProjection> behind, long head) {
        var ready = behind.stream().filter(live -> live.takesTurn(head)).toList();
        var wanted = ready.stream().filter(LiveProjection::isWanted).toList();
        var patient = longestWaiting(ready.stream().filter(live -> !live.isWanted()));
        patienceWasRewarded = !wanted.isEmpty()
                && !patienceWasRewarded
                && patient.filter(live -> live.waited().compareTo(PATIENCE) >= 0)
                        .isPresent();
        if (wanted.isEmpty() || patienceWasRewarded) {
            return patient.map(live -> at(live.position(), ready)).orElse(List.of());
        }
        var first = longestWaiting(wanted.stream()).orElseThrow().position();
        if (head - first <= FEW) {
            return at(first, ready).stream()
                    .filter(live ->
                            live.isWanted() || live.projection().batchDelay().isZero())
                    .toList();
        }
        // The projection that is furthest behind catches up with the next one, and from there they share their batches.
        return at(wanted.stream().mapToLong(LiveProjection::position).min().orElseThrow(), wanted);
    }

    private static Optional<LiveProjection> longestWaiting(Stream<LiveProjection> ready) {
        return ready.max(Comparator.comparing(LiveProjection::waited));
    }

    private static List<LiveProjection> at(long position, List<LiveProjection> ready) {
        return ready.stream().filter(live -> live.position() == position).toList();
    }
}
