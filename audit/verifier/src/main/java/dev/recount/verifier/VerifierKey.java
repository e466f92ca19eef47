package dev.recount.verifier;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 public key with its name, in the format of C2SP signed-note: {@code <name>+<hash>+<base64 key>}.
 *
 * @param id the first four bytes of SHA-256(name, LF, algorithm, key), in hexadecimal
 */
public record VerifierKey(String name, String id, PublicKey key) {

    private static final byte ED25519 = 1;
    private static final int KEY_LENGTH = 32;
    private static final int ID_LENGTH = 4;

    /** The prefix that RFC 8410 puts before the 32 bytes of a key. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** @throws MalformedLogException if it is no such key, or its hash is that of another key */
    public static VerifierKey parse(String vkey) {
        var parts = vkey.strip().split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty()) {
            throw new MalformedLogException("not a verifier key of the form <name>+<hash>+<base64 key>: " + vkey);
        }
        try {
            var bytes = Base64.getDecoder().decode(parts[2]);
            if (bytes.length != 1 + KEY_LENGTH || bytes[0] != ED25519) {
                throw new MalformedLogException("not an Ed25519 key: " + vkey);
            }
            var key = new VerifierKey(parts[0], id(parts[0], bytes), publicKey(bytes));
            if (!key.id().equals(parts[1])) {
                throw new MalformedLogException("the key's hash is " + key.id() + ", not as in " + vkey);
            }
            return key;
        } catch (IllegalArgumentException | GeneralSecurityException refused) {
            throw new MalformedLogException("not an Ed25519 key: " + vkey + " (" + refused.getMessage() + ")");
        }
    }

    private static String id(String name, byte[] typedKey) {
        var digest = Sha256.digest();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(typedKey), 0, ID_LENGTH);
    }

    private static PublicKey publicKey(byte[] typedKey) throws GeneralSecurityException {
        var encoded = new ByteArrayOutputStream();
        encoded.writeBytes(X509_PREFIX);
        encoded.writeBytes(Arrays.copyOfRange(typedKey, 1, typedKey.length));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }

    boolean signed(byte[] text, byte[] signature) {
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
