package dev.recount.query.daemon;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which projections take the next batch, of those that are behind: one for which a read waits goes first, and does not drag
 * along what nobody waits for. All others take turns, and none waits for long because of the reads.
 */
final class BatchSchedule {

    /** Without a batch; who has waited for as long goes before the reads, but never twice in a row. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In events; they cost so little that they are applied for those that gather nothing, too. */
    static final long FEW = 500;

    private boolean patienceWasRewarded;

    /** Some that stand at the same position, and nothing where none takes a turn now. */
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
        // The one that is behind the most comes up to the next, and from there on they share their batches.
        return at(wanted.stream().mapToLong(LiveProjection::position).min().orElseThrow(), wanted);
    }

    private static Optional<LiveProjection> longestWaiting(Stream<LiveProjection> ready) {
        return ready.max(Comparator.comparing(LiveProjection::waited));
    }

    private static List<LiveProjection> at(long position, List<LiveProjection> ready) {
        return ready.stream().filter(live -> live.position() == position).toList();
    }
}
