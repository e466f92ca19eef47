package dev.recount.eventstore.tree;

import java.util.Arrays;

/**
 * The part of a tree that is needed to extend it: the roots of its perfect subtrees. There is one for each 1 in the
 * binary form of its size.
 *
 * @param size number of leaves of the tree
 * @param hashes the concatenated roots, the largest subtree's first
 */
@SuppressWarnings("ArrayRecordComponent") // ranges are not compared, and only this package changes one
public record CompactRange(long size, byte[] hashes) {

    private static final int LEVELS = Long.SIZE;
    private static final int HASH = TreeHasher.HASH_BYTES;

    public static final CompactRange EMPTY = new CompactRange(0, new byte[0]);

    public CompactRange {
        if (size < 0 || hashes.length != Long.bitCount(size) * HASH) {
            throw new IllegalArgumentException(
                    "A tree of " + size + " leaves has no frontier of " + hashes.length + " bytes");
        }
    }

    /** The root of the smallest subtree, which holds the newest leaf. Empty for an empty tree. */
    public byte[] smallest() {
        return Arrays.copyOfRange(hashes, Math.max(0, hashes.length - HASH), hashes.length);
    }

    /** The hash of the whole tree. */
    public byte[] root(TreeHasher hasher) {
        if (size == 0) {
            return hasher.emptyRoot();
        }
        byte[] root = smallest();
        for (int end = hashes.length - HASH; end > 0; end -= HASH) {
            root = hasher.node(Arrays.copyOfRange(hashes, end - HASH, end), root);
        }
        return root;
    }

    /** Starts adding leaves to a copy. */
    public Growth grow(TreeHasher hasher) {
        return new Growth(this, hasher);
    }

    /** A tree while leaves are added to it. */
    public static final class Growth {

        private final TreeHasher hasher;
        /** The roots by level. If the size has a 0 at a level, its entry is obsolete. */
        private final byte[][] peaks = new byte[LEVELS][];

        private long size;

        private Growth(CompactRange from, TreeHasher hasher) {
            this.hasher = hasher;
            this.size = from.size();
            int next = 0;
            for (int level = LEVELS - 1; level >= 0; level--) {
                if (isPeak(level)) {
                    peaks[level] = Arrays.copyOfRange(from.hashes(), next, next + HASH);
                    next += HASH;
                }
            }
        }

        private boolean isPeak(int level) {
            return (size >>> level & 1) == 1;
        }

        /**
         * Adds a leaf.
         *
         * @return the concatenated roots of the perfect subtrees that it completes, without itself, smallest first;
         *     their number is that of the new size's trailing binary zeros
         */
        public byte[] add(byte[] leaf) {
            byte[] completed = new byte[Long.numberOfTrailingZeros(size + 1) * HASH];
            byte[] hash = leaf;
            int level = 0;
            while (isPeak(level)) {
                hash = hasher.node(peaks[level], hash);
                System.arraycopy(hash, 0, completed, level * HASH, HASH);
                level++;
            }
            peaks[level] = hash;
            size++;
            return completed;
        }

        /** The current tree. */
        public CompactRange frontier() {
            byte[] hashes = new byte[Long.bitCount(size) * HASH];
            int end = hashes.length;
            for (int level = 0; level < LEVELS; level++) {
                if (isPeak(level)) {
                    end -= HASH;
                    System.arraycopy(peaks[level], 0, hashes, end, HASH);
                }
            }
            return new CompactRange(size, hashes);
        }
    }
}
