package dev.recount.audit;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Texts with signatures below them (C2SP signed-note). */
final class Note {

    private Note() {}

    /** @param text ends with a line feed */
    static String signed(String text, List<SigningKey> keys) {
        return keys.stream().map(key -> key.signatureLine(text)).collect(Collectors.joining("", text + "\n", ""));
    }

    /** The text of a checkpoint (C2SP tlog-checkpoint). */
    static String checkpoint(String origin, long size, byte[] root) {
        return "%s\n%d\n%s\n".formatted(origin, size, Base64.getEncoder().encodeToString(root));
    }
}
