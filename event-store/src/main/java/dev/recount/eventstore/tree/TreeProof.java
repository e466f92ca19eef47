package dev.recount.eventstore.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A proof about a tree, as the places of its hashes in the tree (RFC 9162, sections 2.1.3 and 2.1.4).
 *
 * <p>The required hashes are known before any is read, so that one query is enough.
 */
public final class TreeProof {

    private final List<LeafRange> ranges;

    private TreeProof(List<LeafRange> ranges) {
        this.ranges = ranges;
    }

    /** PATH(index, D[size]): proves that a leaf is in a tree. */
    public static TreeProof inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("A tree of " + size + " leaves has none with index " + index);
        }
        List<LeafRange> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + largestPowerOfTwoBelow(to - from);
            if (index < middle) {
                path.add(new LeafRange(middle, to));
                to = middle;
            } else {
                path.add(new LeafRange(from, middle));
                from = middle;
            }
        }
        return new TreeProof(path.reversed());
    }

    /** PROOF(earlier, D[later]): proves that a tree extends a smaller one. An empty tree needs no proof. */
    public static TreeProof consistency(long earlier, long later) {
        if (earlier < 0 || earlier > later) {
            throw new IllegalArgumentException("No tree of " + earlier + " leaves grows into one of " + later);
        }
        if (earlier == 0) {
            return new TreeProof(List.of());
        }
        List<LeafRange> path = new ArrayList<>();
        long from = 0;
        long to = later;
        while (to != earlier) {
            long middle = from + largestPowerOfTwoBelow(to - from);
            if (earlier <= middle) {
                path.add(new LeafRange(middle, to));
                to = middle;
            } else {
                path.add(new LeafRange(from, middle));
                from = middle;
            }
        }
        // The verifier already has the earlier root.
        if (from > 0) {
            path.add(new LeafRange(from, to));
        }
        return new TreeProof(path.reversed());
    }

    /** The hash of the tree of the first {@code size} leaves, as a proof of one hash. */
    public static TreeProof root(long size) {
        return new TreeProof(List.of(new LeafRange(0, size)));
    }

    private static long largestPowerOfTwoBelow(long number) {
        return Long.highestOneBit(number - 1);
    }

    /** The subtrees whose roots {@link #hashes} needs. */
    public List<PerfectSubtree> subtrees() {
        return ranges.stream().flatMap(range -> range.subtrees().stream()).toList();
    }

    /** The proof, in the order of the RFC. */
    public List<byte[]> hashes(Map<PerfectSubtree, byte[]> roots, TreeHasher hasher) {
        return ranges.stream().map(range -> range.hash(roots, hasher)).toList();
    }
}
