package dev.recount.verifier;

import java.security.MessageDigest;

/**
 * The hash of a growing list as RFC 9162, section 2.1.1, defines it, from the roots of the perfect subtrees alone.
 *
 * <p>Not for several threads.
 */
final class MerkleTree {

    private static final int LEVELS = 63;

    private final MessageDigest digest = Sha256.digest();
    /** The root of a perfect subtree of 2^level leaves where the size has that binary digit. */
    private final byte[][] roots = new byte[LEVELS][];

    private long size;

    long size() {
        return size;
    }

    void append(byte[] leafHash) {
        var hash = leafHash;
        var level = 0;
        for (; (size >> level & 1) == 1; level++) {
            hash = Sha256.node(digest, roots[level], hash);
        }
        roots[level] = hash;
        size++;
    }

    Hash root() {
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
