package dev.recount.eventstore.tree;

import java.util.Arrays;

/**
 * All of a tree that is needed to go on with it: the roots of the perfect subtrees that it consists of, one for each
 * binary digit of its size.
 *
 * @param size leaves of the tree
 * @param hashes the roots, the largest subtree's first, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frontiers, and nobody outside this package changes one
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

    /** The root of the smallest of the subtrees, which holds the newest leaf; empty for an empty tree. */
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

    /** Starts to add leaves to a copy of it. */
    public Growth grow(TreeHasher hasher) {
        return new Growth(this, hasher);
    }

    /** A tree while leaves are added to it. */
    public static final class Growth {

        private final TreeHasher hasher;
        /** By level; those of the levels whose digit of the size is 0 are left over and mean nothing. */
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
         * @return the roots of the perfect subtrees that it completes, without itself, the smallest first, one after the
         *     other; as many as the new size has zeros at its end
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

        /** The tree as it is now. */
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
