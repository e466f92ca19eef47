package dev.recount.query.projection;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which projections take the next batch, of those that are behind: one for which a read waits goes first, and does not drag
 * along what nobody waits for. All others take turns, and none waits for long because of the reads.
 */
final class Turns {

    /** Without a batch; who has waited for as long goes before the reads, but never twice in a row. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In events; they cost so little that they are applied for those that gather nothing, too. */
    static final long FEW = 500;

    private boolean patienceWasRewarded;

    /** Some that stand at the same position, and nothing where none takes a turn now. */
    List<LiveProjection> next(List<LiveProjection> behind, long head) {
        var ready = behind.stream().filter(live -> live.takesTurn(head)).toList();
        var wanted = longestWaiting(ready, LiveProjection::isWanted);
        var other = longestWaiting(ready, Predicate.not(LiveProjection::isWanted));
        if (wanted.isEmpty()) {
            patienceWasRewarded = false;
            return other.map(first -> at(first.position(), ready)).orElse(List.of());
        }
        patienceWasRewarded = !patienceWasRewarded
                && other.filter(first -> first.waited().compareTo(PATIENCE) >= 0)
                        .isPresent();
        if (patienceWasRewarded) {
            return at(other.orElseThrow().position(), ready);
        }
        var position = wanted.orElseThrow().position();
        return at(position, ready).stream()
                .filter(live -> live.isWanted() || (live.projection().gathers().isZero() && head - position <= FEW))
                .toList();
    }

    private static Optional<LiveProjection> longestWaiting(
            List<LiveProjection> ready, Predicate<LiveProjection> which) {
        return ready.stream().filter(which).max(Comparator.comparing(LiveProjection::waited));
    }

    private static List<LiveProjection> at(long position, List<LiveProjection> ready) {
        return ready.stream().filter(live -> live.position() == position).toList();
    }
}
