package dev.recount.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 key that signs notes (C2SP signed-note, RFC 8032). */
final class SigningKey {

    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int KEY_BYTES = 32;

    private final VerifierKey verifier;
    private final PrivateKey key;
    private final byte[] seed;

    private SigningKey(String name, byte[] seed) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
        var pair = generator.generateKeyPair();
        // The bytes before the key in its X.509 encoding are the same for all keys (RFC 8410).
        var encoded = pair.getPublic().getEncoded();
        this.verifier = new VerifierKey(
                KeyName.require(name), Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
        this.key = pair.getPrivate();
        this.seed = seed;
    }

    /** A fixed "random" source. Java computes the public key of a private one only while generating a pair. */
    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] drawn) {
            if (drawn.length != bytes.length) {
                throw new IllegalStateException("an Ed25519 key is not made of " + drawn.length + " bytes");
            }
            System.arraycopy(bytes, 0, drawn, 0, drawn.length);
        }
    }

    static SigningKey generate(String name) {
        var seed = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(seed);
        return of(name, seed);
    }

    /**
     * Parses the format of {@link #text}.
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat the text, because it is secret
     */
    static SigningKey parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("It does not begin with " + PREFIX);
        }
        // The last part may contain plus signs.
        var parts = text.substring(PREFIX.length()).split("\\+", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("It has no name, no id or no key");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + KEY_BYTES || typed[0] != VerifierKey.ED25519) {
            throw new IllegalArgumentException("It is no Ed25519 key");
        }
        var key = of(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.verifier().idText().equals(parts[1])) {
            throw new IllegalArgumentException("Its id " + parts[1] + " is not that of its name and key");
        }
        return key;
    }

    private static SigningKey of(String name, byte[] seed) {
        try {
            return new SigningKey(name, seed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has Ed25519", impossible);
        }
    }

    /** The private key in the format of the key file. */
    String text() {
        return PREFIX + verifier.name() + "+" + verifier.idText() + "+" + VerifierKey.typed(seed);
    }

    VerifierKey verifier() {
        return verifier;
    }

    /** The line below a note: the key's name, and its id and the signature in base 64. */
    String signatureLine(String note) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(verifier.id());
        signed.writeBytes(sign(note.getBytes(StandardCharsets.UTF_8)));
        return "\u2014 %s %s\n".formatted(verifier.name(), Base64.getEncoder().encodeToString(signed.toByteArray()));
    }

    private byte[] sign(byte[] note) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(note);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this key can sign any note", impossible);
        }
    }
}
