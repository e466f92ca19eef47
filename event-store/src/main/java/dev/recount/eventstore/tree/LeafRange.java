package dev.recount.eventstore.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Consecutive leaves whose tree hash is part of a proof: D[from:to] in the notation of RFC 9162, section 2.1.
 *
 * @param from a multiple of the largest power of two that is at most the number of leaves
 */
record LeafRange(long from, long to) {

    /** The perfect subtrees of the range, largest first. */
    List<PerfectSubtree> subtrees() {
        List<PerfectSubtree> subtrees = new ArrayList<>();
        long next = from;
        while (next < to) {
            int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - next);
            subtrees.add(new PerfectSubtree(level, next >>> level));
            next += 1L << level;
        }
        return subtrees;
    }

    /** MTH(D[from:to]), given the roots of its {@link #subtrees}. */
    byte[] hash(Map<PerfectSubtree, byte[]> roots, TreeHasher hasher) {
        List<PerfectSubtree> subtrees = subtrees();
        if (subtrees.isEmpty()) {
            return hasher.emptyRoot();
        }
        byte[] hash = root(roots, subtrees.getLast());
        for (PerfectSubtree left : subtrees.reversed().subList(1, subtrees.size())) {
            hash = hasher.node(root(roots, left), hash);
        }
        return hash;
    }

    private static byte[] root(Map<PerfectSubtree, byte[]> roots, PerfectSubtree subtree) {
        return Objects.requireNonNull(roots.get(subtree), () -> subtree + " is missing");
    }
}
