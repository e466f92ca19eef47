package dev.recount.audit;

import dev.recount.eventstore.tree.TreeHasher;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of an Ed25519 key in the format of C2SP signed-note: {@code <name>+<id>+<base64>}.
 *
 * @param publicKey 32 bytes, as in RFC 8032
 */
@SuppressWarnings("ArrayRecordComponent") // compared as text only
record VerifierKey(String name, byte[] publicKey) {

    static final byte ED25519 = 0x01;

    private static final int ID_BYTES = 4;

    /** The first bytes of SHA-256(name, line feed, type, public key). */
    byte[] id() {
        var named = new ByteArrayOutputStream();
        named.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        named.write('\n');
        named.write(ED25519);
        named.writeBytes(publicKey);
        return Arrays.copyOf(new TreeHasher().plain(named.toByteArray()), ID_BYTES);
    }

    String idText() {
        return HexFormat.of().formatHex(id());
    }

    String text() {
        return name + "+" + idText() + "+" + typed(publicKey);
    }

    /** A key's bytes, preceded by its type, in base 64. */
    static String typed(byte[] key) {
        var typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return Base64.getEncoder().encodeToString(typed);
    }
}
