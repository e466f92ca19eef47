package dev.recount.verifier;

import java.util.Collection;
import java.util.List;

/** A signed root for one size of the tree, in the format of C2SP tlog-checkpoint. */
public record Checkpoint(String origin, long size, Hash root, List<VerifierKey> signers) {

    private static final int LINES = 3;

    /**
     * Parses a signed note and checks the signatures made with these keys.
     *
     * @throws MalformedLogException if it is no checkpoint, or none of the keys signed it
     */
    public static Checkpoint parse(String note, Collection<VerifierKey> keys) {
        var signed = SignedNote.parse(note);
        var lines = signed.text().split("\n", -1);
        if (lines.length <= LINES || lines[0].isEmpty()) {
            throw new MalformedLogException("not a checkpoint: it needs an origin, a size and a root, each on a line");
        }
        var signers = signed.signers(keys);
        if (signers.isEmpty()) {
            throw new MalformedLogException(
                    "the checkpoint of " + lines[0] + " at size " + lines[1] + " is signed by none of the known keys");
        }
        return new Checkpoint(lines[0], size(lines[1]), Hash.parse(lines[2]), signers);
    }

    private static long size(String line) {
        if (!line.matches("0|[1-9][0-9]{0,18}")) {
            throw new MalformedLogException("the checkpoint's size is no decimal number: " + line);
        }
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException tooLarge) {
            throw new MalformedLogException("the checkpoint's size is too large: " + line);
        }
    }
}
