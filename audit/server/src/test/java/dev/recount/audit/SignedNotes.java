package dev.recount.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads signed notes as a client does. */
final class SignedNotes {

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private SignedNotes() {}

    static VerifierKey key(String vkey) {
        var parts = vkey.split("\\+", 3);
        var typed = Base64.getDecoder().decode(parts[2]);
        return new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
    }

    static String text(String note) {
        return note.substring(0, note.lastIndexOf("\n\n") + 1);
    }

    /** The keys whose signature the note has, in the order of the signatures. */
    static List<String> signers(String note, String... vkeys) {
        var signers = new ArrayList<String>();
        note.substring(note.lastIndexOf("\n\n") + 2).lines().forEach(line -> {
            for (var vkey : vkeys) {
                if (isBy(key(vkey), line, text(note))) {
                    signers.add(vkey);
                }
            }
        });
        return signers;
    }

    private static boolean isBy(VerifierKey key, String line, String text) {
        var parts = line.split(" ");
        var signed = Base64.getDecoder().decode(parts[2]);
        if (!parts[0].equals("—")
                || !parts[1].equals(key.name())
                || !Arrays.equals(Arrays.copyOf(signed, 4), key.id())) {
            return false;
        }
        try {
            var encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + 32);
            System.arraycopy(key.publicKey(), 0, encoded, X509_PREFIX.length, 32);
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Arrays.copyOfRange(signed, 4, signed.length));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
