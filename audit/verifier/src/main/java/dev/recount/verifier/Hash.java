package dev.recount.verifier;

import java.nio.ByteBuffer;
import java.util.Base64;

/** A SHA-256 hash as a value. Its text form is base64. */
public record Hash(long first, long second, long third, long fourth) {

    static final int LENGTH = 4 * Long.BYTES;

    static Hash of(byte[] hash) {
        if (hash.length != LENGTH) {
            throw new MalformedLogException("a hash has " + LENGTH + " bytes, not " + hash.length);
        }
        var buffer = ByteBuffer.wrap(hash);
        return new Hash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** @throws MalformedLogException if the text is no hash */
    static Hash parse(String base64) {
        try {
            return of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedLogException("not a hash in base64: " + base64);
        }
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes());
    }
}
