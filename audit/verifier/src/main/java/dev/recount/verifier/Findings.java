package dev.recount.verifier;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The findings, of which only the first by position are kept, because a shifted log has a fault at every event. */
final class Findings {

    private static final int KEPT = 20;

    private static final Comparator<Finding> BY_POSITION = Comparator.comparingLong(Findings::end)
            .thenComparing(finding -> finding.at() == null ? 0 : finding.at().from(), Comparator.reverseOrder());

    private final PriorityQueue<Finding> kept = new PriorityQueue<>(BY_POSITION.reversed());
    private long total;

    void add(Fault fault, Stretch at, String message) {
        add(new Finding(fault, at, message));
    }

    void add(Finding finding) {
        total++;
        kept.add(finding);
        if (kept.size() > KEPT) {
            kept.poll();
        }
    }

    private static long end(Finding finding) {
        return finding.at() == null ? Long.MAX_VALUE : finding.at().to();
    }

    long total() {
        return total;
    }

    /** By position, those without one last. */
    List<Finding> first() {
        return kept.stream().sorted(BY_POSITION).toList();
    }

    /** The narrowest range with a bad position, before all other such ranges. */
    @Nullable
    Stretch firstStretch() {
        return kept.isEmpty() ? null : first().getFirst().at();
    }
}
