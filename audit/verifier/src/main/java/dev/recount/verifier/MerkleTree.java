package dev.recount.verifier;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The hash of a growing list as defined in RFC 9162, section 2.1.1, computed from the roots of the perfect subtrees
 * alone.
 *
 * <p>Not thread-safe.
 */
public final class MerkleTree {

    private static final int LEVELS = 63;

    private final MessageDigest digest = Sha256.digest();
    /** The root of a perfect subtree of 2^level leaves, if the size has that binary digit. */
    private final byte[][] roots = new byte[LEVELS][];

    private long size;

    /**
     * A tree that continues an existing one.
     *
     * @param frontier the roots of its perfect subtrees, the largest first, concatenated
     * @throws MalformedLogException if their number is not that of the binary ones of the size
     */
    public static MerkleTree of(long size, byte[] frontier) {
        if (size < 0 || frontier.length != Long.bitCount(size) * Hash.LENGTH) {
            throw new MalformedLogException("a tree of size " + size + " has " + Long.bitCount(size)
                    + " perfect subtrees, not " + frontier.length + " bytes of them");
        }
        var tree = new MerkleTree();
        tree.size = size;
        var from = 0;
        for (var level = LEVELS - 1; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                tree.roots[level] = Arrays.copyOfRange(frontier, from, from + Hash.LENGTH);
                from += Hash.LENGTH;
            }
        }
        return tree;
    }

    public long size() {
        return size;
    }

    /**
     * Adds a leaf.
     *
     * @return the roots of the perfect subtrees of two leaves and more that it completes, from the smallest on
     */
    public byte[] append(byte[] leafHash) {
        var completed = new byte[Long.numberOfTrailingZeros(size + 1) * Hash.LENGTH];
        var hash = leafHash;
        var level = 0;
        for (; (size >> level & 1) == 1; level++) {
            hash = Sha256.node(digest, roots[level], hash);
            System.arraycopy(hash, 0, completed, level * Hash.LENGTH, Hash.LENGTH);
        }
        roots[level] = hash;
        size++;
        return completed;
    }

    public Hash root() {
        if (size == 0) {
            return Hash.of(digest.digest());
        }
        var level = Long.numberOfTrailingZeros(size);
        var hash = roots[level];
        for (level++; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                hash = Sha256.node(digest, roots[level], hash);
            }
        }
        return Hash.of(hash);
    }
}
