package dev.recount.verifier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Text with signatures below it, in the format of C2SP signed-note. */
record SignedNote(String text, List<Signature> signatures) {

    private static final String MARK = "\u2014 ";
    private static final int ID_LENGTH = 4;

    /** The signer's name, the hash of its key, and the signature. */
    @SuppressWarnings("ArrayRecordComponent") // signatures are never compared
    record Signature(String name, String keyId, byte[] bytes) {}

    /** @throws MalformedLogException if the text is no signed note */
    static SignedNote parse(String note) {
        var border = note.lastIndexOf("\n\n");
        if (border < 0 || !note.endsWith("\n") || border + 2 == note.length()) {
            throw new MalformedLogException("not a signed note: there is no line of signatures after an empty line");
        }
        List<Signature> signatures = new ArrayList<>();
        for (var line : note.substring(border + 2, note.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, border + 1), signatures);
    }

    private static Signature signature(String line) {
        var end = line.lastIndexOf(' ');
        if (!line.startsWith(MARK) || end <= MARK.length()) {
            throw new MalformedLogException("not a line of a signature: " + line);
        }
        try {
            var bytes = Base64.getDecoder().decode(line.substring(end + 1));
            if (bytes.length <= ID_LENGTH) {
                throw new MalformedLogException("the signature is too short: " + line);
            }
            return new Signature(
                    line.substring(MARK.length(), end),
                    HexFormat.of().formatHex(bytes, 0, ID_LENGTH),
                    Arrays.copyOfRange(bytes, ID_LENGTH, bytes.length));
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedLogException("not a line of a signature: " + line);
        }
    }

    /**
     * The keys that signed the text. Signatures by unknown keys prove nothing and are ignored.
     *
     * @throws MalformedLogException for an invalid signature in the name of one of the keys
     */
    List<VerifierKey> signers(Collection<VerifierKey> keys) {
        var signed = text.getBytes(StandardCharsets.UTF_8);
        List<VerifierKey> signers = new ArrayList<>();
        for (var signature : signatures) {
            for (var key : keys) {
                if (key.name().equals(signature.name()) && key.id().equals(signature.keyId())) {
                    if (!key.signed(signed, signature.bytes())) {
                        throw new MalformedLogException(
                                "the signature of " + key.name() + "+" + key.id() + " does not fit the text");
                    }
                    signers.add(key);
                }
            }
        }
        return signers;
    }
}
