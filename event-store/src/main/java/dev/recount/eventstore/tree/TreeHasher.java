package dev.recount.eventstore.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes the hashes of a Merkle tree as in RFC 9162, section 2.1.1, with SHA-256.
 *
 * <p>Not thread-safe. Creating one costs about as much as a hash, so code that computes many hashes should reuse it.
 */
public final class TreeHasher {

    /** Bytes of a hash. */
    public static final int HASH_BYTES = 32;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final MessageDigest sha256;

    public TreeHasher() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** The plain SHA-256 hash of the bytes, not a hash of the tree. */
    public byte[] plain(byte[] bytes) {
        return sha256.digest(bytes);
    }

    public byte[] leaf(byte[] entry) {
        sha256.update(LEAF);
        return sha256.digest(entry);
    }

    public byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of a tree without leaves. */
    public byte[] emptyRoot() {
        return sha256.digest();
    }
}
