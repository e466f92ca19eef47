package dev.recount.verifier;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tree of the stored nodes: the hash of each leaf, and the roots of the perfect subtrees that it completes.
 *
 * <p>If a node is not the hash of its two children, the tree keeps the node and reports the place. If a known root
 * follows from the nodes, the events outside such places are unchanged since that root was made.
 *
 * <p>Not thread-safe.
 */
final class RecordedTree {

    private static final int LEVELS = 63;

    /** Receives the places where events are not proved. */
    @FunctionalInterface
    interface Doubts {
        /** @param contradicted whether the nodes contradict each other; else one of them is missing */
        void about(long from, long to, boolean contradicted);
    }

    private final MessageDigest digest = Sha256.digest();
    /** Null if it is unknown. */
    private final byte[] @Nullable [] roots = new byte[LEVELS][];

    private final Doubts doubts;
    private long size;

    RecordedTree(Doubts doubts) {
        this.doubts = doubts;
    }

    long size() {
        return size;
    }

    /**
     * Adds a leaf.
     *
     * @param hashes of the leaf and the subtrees that end with it, from the smallest on; null if missing
     */
    void append(byte @Nullable [] hashes) {
        var node = part(hashes, 0);
        var level = 0;
        for (; (size >> level & 1) == 1; level++) {
            node = join(level + 1, roots[level], node, part(hashes, level + 1));
        }
        roots[level] = node;
        size++;
    }

    private byte @Nullable [] join(
            int level, byte @Nullable [] left, byte @Nullable [] right, byte @Nullable [] recorded) {
        var first = ((size >> level) << level) + 1;
        if (left == null || right == null || recorded == null) {
            doubts.about(first, size + 1, false);
            return recorded;
        }
        if (!Arrays.equals(Sha256.node(digest, left, right), recorded)) {
            doubts.about(first, size + 1, true);
        }
        return recorded;
    }

    private static byte @Nullable [] part(byte @Nullable [] hashes, int number) {
        var from = number * Hash.LENGTH;
        return hashes == null || hashes.length < from + Hash.LENGTH
                ? null
                : Arrays.copyOfRange(hashes, from, from + Hash.LENGTH);
    }

    /** Null if a node that it needs is missing. */
    @Nullable
    Hash root() {
        if (size == 0) {
            return Hash.of(digest.digest());
        }
        byte[] root = null;
        for (var level = 0; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                var subtree = roots[level];
                if (subtree == null) {
                    return null;
                }
                root = root == null ? subtree : Sha256.node(digest, subtree, root);
            }
        }
        return root == null ? null : Hash.of(root);
    }
}
